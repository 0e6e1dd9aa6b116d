export { DocumentDialogs } from './DocumentDialogs.tsx'
export { DocumentMark } from './DocumentMark.tsx'
export { DocumentTree } from './DocumentTree.tsx'
export { ImportNews } from './import/ImportNews.tsx'
export { OutboxNews } from './OutboxNews.tsx'
export { documentsKey, useAllDocuments, useDocuments } from './queries.ts'
export { SetAsideNotice } from './SetAsideNotice.tsx'
export { ArchiveLink, TrashLink } from './TrashLink.tsx'
export { collapsedPrefix } from './useCollapsed.ts'
export { useCreateDocument } from './useCreateDocument.ts'
export { useImportMarkdown } from './useImportMarkdown.ts'
export { WorkspaceHome } from './WorkspaceHome.tsx'
/** Loaded when it is opened, the editor with it. */
export async function loadDocumentPage() {
  const [{ DocumentPage }] = await Promise.all([import('./DocumentPage.tsx'), import('../editor/index.ts')])
  return DocumentPage
}
/** Seldom opened, and loaded then. */
export const loadTrashPage = async () => (await import('./TrashPage.tsx')).TrashPage
export const loadArchivePage = async () => (await import('./ArchivePage.tsx')).ArchivePage
export const loadBacklinksPanel = async () => (await import('./BacklinksPanel.tsx')).BacklinksPanel
