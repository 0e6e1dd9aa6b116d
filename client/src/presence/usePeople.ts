import type { UserId, WorkspaceId } from '@weft/shared/kit'
import type { Member } from '@weft/shared/workspaces'
import { useMemo, useRef } from 'react'
import { useWorkspaceAwareness } from '../live/index.ts'
import { mergePeople, type PresentPerson } from './people.ts'

/** The workspace's members with who is here now; `members` come from the workspace's query. */
export function usePeople(workspaceId: WorkspaceId, members: readonly Member[] | undefined): PresentPerson[] {
  const { states } = useWorkspaceAwareness(workspaceId)
  // Seen by this page itself: newer than what the query said when it ran.
  const seen = useRef(new Map<UserId, number>())
  return useMemo(() => {
    const people = mergePeople(members ?? [], states, seen.current)
    for (const { user } of states) seen.current.set(user.id, Date.now())
    return people
  }, [members, states])
}
