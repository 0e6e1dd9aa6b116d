import { type Document, mayWriteIn, titleLimit } from '@weft/shared/documents'
import { DocumentId, randomId, type WorkspaceId } from '@weft/shared/kit'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useDocuments } from './queries.ts'
import { useDocumentCommands } from './useDocumentCommands.ts'

/** Makes a copy beside its original, or where one may not write there, on the top level; and opens it. */
export function useDuplicate(workspaceId: WorkspaceId): (document: Document, withBelow: boolean) => Promise<void> {
  const { t } = useTranslation('documents')
  const navigate = useNavigate()
  const { data: documents } = useDocuments(workspaceId)
  const { duplicate } = useDocumentCommands(workspaceId)
  return useCallback(
    async (document, withBelow) => {
      const parent = documents?.find(({ id }) => id === document.parentId)
      const beside = document.archivedAt === null && (document.parentId === null || (parent && mayWriteIn(parent)))
      const id = DocumentId.parse(randomId())
      const title = t('copyOf', { title: document.title || t('untitled') }).slice(0, titleLimit)
      const place = beside ? { parentId: document.parentId, afterId: document.id } : { parentId: null }
      if (await duplicate(document, { id, title, withBelow, ...place })) await navigate(`/w/${workspaceId}/d/${id}`)
    },
    [t, navigate, documents, duplicate, workspaceId],
  )
}

/** Makes a document from a template, with what lies below that, and opens it. */
export function useFromTemplate(workspaceId: WorkspaceId): (template: Document) => Promise<void> {
  const navigate = useNavigate()
  const { duplicate } = useDocumentCommands(workspaceId)
  return useCallback(
    async (template) => {
      const id = DocumentId.parse(randomId())
      const made = await duplicate(template, { id, title: template.title, withBelow: true, parentId: null })
      if (made) await navigate(`/w/${workspaceId}/d/${id}`)
    },
    [navigate, duplicate, workspaceId],
  )
}
