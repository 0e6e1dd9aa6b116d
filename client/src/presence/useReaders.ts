import type { UserId, WorkspaceId } from '@weft/shared/kit'
import { useEffect, useState } from 'react'
import { type DocumentSession, useDocumentState, useWorkspaceAwareness } from '../live/index.ts'
import { type Reader, readersHere, withGone } from './readers.ts'

/** "5 min ago" should not stand still; ms. */
const renewEvery = 60_000

/** Who is in this document besides oneself, and who has just left. */
export function useReaders(session: DocumentSession, workspaceId: WorkspaceId, own: UserId): Reader[] {
  const { states } = useWorkspaceAwareness(workspaceId)
  // A replaced `Y.Doc` has another awareness.
  const { generation } = useDocumentState(session)
  const [readers, setReaders] = useState<Reader[]>([])
  // biome-ignore lint/correctness/useExhaustiveDependencies: `generation` stands for the session's awareness
  useEffect(() => {
    const { awareness, documentId } = session
    const read = () =>
      setReaders((before) =>
        withGone(readersHere(awareness.getStates().values(), states, documentId, own), before, Date.now()),
      )
    read()
    awareness.on('change', read)
    const timer = setInterval(read, renewEvery)
    return () => {
      awareness.off('change', read)
      clearInterval(timer)
    }
  }, [session, generation, states, own])
  return readers
}
