import { useQueryClient } from '@tanstack/react-query'
import type { DocumentId, WorkspaceId } from '@weft/shared/kit'
import { titleOf } from '@weft/shared/text'
import { useEffect } from 'react'
import { type DocumentSession, useDocumentState, useLive } from '../live/index.ts'
import { changeList } from './queries.ts'

/** The tree follows the title as it is typed; the server's own list is a moment behind the text. `shown`: in the tree. */
export function useMirrorTitle(
  workspaceId: WorkspaceId,
  documentId: DocumentId,
  session: DocumentSession,
  shown: string | undefined,
): void {
  const live = useLive()
  const client = useQueryClient()
  const { readable, generation } = useDocumentState(session)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `generation` stands for the session's `Y.Doc`; a list that arrives may be behind
  useEffect(() => {
    if (!readable) return
    const { doc } = session
    const title = doc.getXmlFragment('title')
    const mirror = () => {
      const next = titleOf(doc)
      void live.outbox.retitle(documentId, next).catch(() => undefined)
      changeList(client, workspaceId, (list) =>
        list.some(({ id, title }) => id === documentId && title !== next)
          ? list.map((document) => (document.id === documentId ? { ...document, title: next } : document))
          : list,
      )
    }
    mirror()
    title.observeDeep(mirror)
    return () => title.unobserveDeep(mirror)
  }, [client, live, workspaceId, documentId, session, readable, generation, shown])
}
