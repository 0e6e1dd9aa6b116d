import { useQueryClient } from '@tanstack/react-query'
import { DocumentId, randomId, type WorkspaceId } from '@weft/shared/kit'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { toast } from 'sonner'
import { api, toastProblem } from '../kit/index.ts'
import { useLive } from '../live/index.ts'
import { startImport } from './import/startImport.ts'
import { readMarkdown } from './importMarkdown.ts'
import { changeList, documentsKey } from './queries.ts'

/** One Markdown file is made at once and opened; more, and archives, say how far they are and what was left out. */
const isOne = (files: readonly File[]): boolean => files.length === 1 && files[0] !== undefined && !isArchive(files[0])
const isArchive = ({ name, type }: File): boolean => type === 'application/zip' || /\.zip$/i.test(name)

/** Makes documents of Markdown files and of archives of them. */
export function useImportMarkdown(workspaceId: WorkspaceId): (files: Iterable<File>) => Promise<void> {
  const { t } = useTranslation('documents')
  const client = useQueryClient()
  const navigate = useNavigate()
  const { userId } = useLive()
  return useCallback(
    async (given) => {
      const files = [...given]
      if (files.length === 0) return
      if (!isOne(files)) return startImport(files, { client, workspaceId, userId })
      let last: DocumentId | null = null
      for (const file of files) {
        const read = await readMarkdown(file)
        if (typeof read === 'string') {
          toast.error(t(`import.${read}`, { name: file.name }))
          continue
        }
        try {
          const id = DocumentId.parse(randomId())
          const document = await api.documents.create({ workspaceId, id, ...read })
          changeList(client, workspaceId, (list) => [...list.filter(({ id }) => id !== document.id), document])
          last = document.id
        } catch (error) {
          toastProblem(error)
        }
      }
      if (last === null) return
      void client.invalidateQueries({ queryKey: documentsKey(workspaceId) })
      await navigate(`/w/${workspaceId}/d/${last}`)
    },
    [client, navigate, t, workspaceId, userId],
  )
}

/** Asks for Markdown files, or archives of them, with the browser's own dialog. */
export function pickMarkdown(onPicked: (files: File[]) => void): void {
  const input = document.createElement('input')
  input.type = 'file'
  input.multiple = true
  input.accept = '.md,.markdown,.txt,.zip,text/markdown,text/plain,application/zip'
  input.addEventListener('change', () => onPicked([...(input.files ?? [])]))
  input.click()
}
