import type { Document } from '@weft/shared/documents'
import type { WorkspaceId } from '@weft/shared/kit'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useMatch, useNavigate } from 'react-router'
import { toast } from 'sonner'
import { api, copyText, markdownName, saveFile, toastProblem } from '../kit/index.ts'
import { useDocumentCommands } from './useDocumentCommands.ts'

/** What can be done with a document from the tree and from its page alike. */
export function useDocumentActions(workspaceId: WorkspaceId) {
  const { t } = useTranslation('documents')
  const navigate = useNavigate()
  const open = useMatch('/w/:workspaceId/d/:documentId')?.params.documentId
  const commands = useDocumentCommands(workspaceId)

  const remove = useCallback(
    async (document: Document) => {
      const back = async () => {
        if (!(await commands.restore(document))) return
        if (open === document.id) await navigate(`/w/${workspaceId}/d/${document.id}`)
      }
      if (open === document.id) void navigate(`/w/${workspaceId}`)
      if (!(await commands.remove(document))) return
      toast(t('removed', { title: document.title || t('untitled') }), {
        action: { label: t('undo'), onClick: () => void back() },
        duration: 10_000,
      })
    },
    [commands, navigate, open, t, workspaceId],
  )

  const archive = useCallback(
    async (document: Document) => {
      if (!(await commands.archive(document))) return
      toast(t('archived', { title: document.title || t('untitled') }), {
        action: { label: t('undo'), onClick: () => void commands.unarchive(document) },
        duration: 10_000,
      })
    },
    [commands, t],
  )

  const exportMarkdown = useCallback(async (document: Document) => {
    try {
      const { title, markdown } = await api.documents.export({ documentId: document.id })
      saveFile(markdownName(title), `# ${title}\n\n${markdown}`)
    } catch (error) {
      toastProblem(error)
    }
  }, [])

  const copyLink = useCallback(
    async (document: Document) => {
      const url = `${window.location.origin}/w/${workspaceId}/d/${document.id}`
      if (await copyText(url)) toast.success(t('linkCopied'))
      else toast(url)
    },
    [t, workspaceId],
  )
  return { remove, archive, exportMarkdown, copyLink }
}
