import type { ActivityEntry } from '@weft/shared/activity'
import type { WorkspaceId } from '@weft/shared/kit'
import { useEffect, useMemo, useState } from 'react'
import { useAccount } from '../auth/index.ts'
import { useWorkspaceAwareness } from '../live/index.ts'
import type { Filter } from './filter.ts'
import { type Editing, followSpells, type OpenSpell, showsSpell } from './openSpells.ts'

/** What was never told of goes at last; ms. */
const renewEvery = 30_000

/**
 * Others' editing spells that the history has yet to tell of. Of documents that not everybody may open the workspace's
 * presence says nothing [ACCESS-5]: `here` is what the open document's own says.
 */
export function useOpenSpells(
  workspaceId: WorkspaceId,
  filter: Filter,
  told: readonly ActivityEntry[],
  here: readonly Editing[],
): OpenSpell[] {
  const own = useAccount().id
  const { states } = useWorkspaceAwareness(workspaceId)
  const editing = useMemo(() => {
    const inWorkspace = states.flatMap(({ user, documentId, activity }): Editing[] =>
      documentId === null || activity !== 'editing' ? [] : [{ person: user, documentId }],
    )
    return [...inWorkspace, ...here].filter(({ person }) => person.id !== own)
  }, [states, here, own])
  const [spells, setSpells] = useState<readonly OpenSpell[]>([])
  useEffect(() => {
    const read = () => setSpells((before) => followSpells(before, editing, told, Date.now()))
    read()
    const timer = setInterval(read, renewEvery)
    return () => clearInterval(timer)
  }, [editing, told])
  return spells.filter((spell) => showsSpell(filter, spell))
}
