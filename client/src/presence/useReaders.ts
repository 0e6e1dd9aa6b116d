import type { UserId, WorkspaceId } from '@weft/shared/kit'
import { useEffect, useState } from 'react'
import { type DocumentSession, useDocumentState, useWorkspaceAwareness } from '../live/index.ts'
import { keepIfSame, type Reader, readersHere, withGone } from './readers.ts'

/** Carets of others change the awareness many times a second; who is here is read this often at most; ms. */
const readEvery = 150
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
    const renew = (keep: boolean) => {
      const here = readersHere(awareness.getStates().values(), states, documentId, own)
      setReaders((before) => {
        const readers = withGone(here, before, Date.now())
        return keep ? keepIfSame(readers, before) : readers
      })
    }
    let waiting: ReturnType<typeof setTimeout> | undefined
    const read = () => {
      waiting ??= setTimeout(() => {
        waiting = undefined
        renew(true)
      }, readEvery)
    }
    renew(true)
    awareness.on('change', read)
    const timer = setInterval(() => renew(false), renewEvery)
    return () => {
      awareness.off('change', read)
      clearTimeout(waiting)
      clearInterval(timer)
    }
  }, [session, generation, states, own])
  return readers
}
