import { useQueryClient } from '@tanstack/react-query'
import { DocumentId, randomId, type WorkspaceId } from '@weft/shared/kit'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { toast } from 'sonner'
import { api, toastProblem } from '../kit/index.ts'
import { readMarkdown } from './importMarkdown.ts'
import { changeList, documentsKey } from './queries.ts'

/** Makes a document of each Markdown file and opens the last; says which could not be read. */
export function useImportMarkdown(workspaceId: WorkspaceId): (files: Iterable<File>) => Promise<void> {
  const { t } = useTranslation('documents')
  const client = useQueryClient()
  const navigate = useNavigate()
  return useCallback(
    async (files) => {
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
    [client, navigate, t, workspaceId],
  )
}

/** Asks for Markdown files with the browser's own dialog. */
export function pickMarkdown(onPicked: (files: File[]) => void): void {
  const input = document.createElement('input')
  input.type = 'file'
  input.multiple = true
  input.accept = '.md,.markdown,.txt,text/markdown,text/plain'
  input.addEventListener('change', () => onPicked([...(input.files ?? [])]))
  input.click()
}
