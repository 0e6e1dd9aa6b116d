import type { AccessGrant } from '@weft/shared/documents'
import type { WorkspaceId } from '@weft/shared/kit'
import { useEffect } from 'react'
import { useAccount } from '../../auth/index.ts'
import { usePeople } from '../../presence/index.ts'
import { useMembers } from '../../workspaces/index.ts'
import type { KnownPeople } from './KnownPeople.ts'

/** Who may see a document, as far as it is known. */
export interface DocumentReaders {
  /** All members of the workspace but guests may see it. */
  forEverybody: boolean
  /** Who may see it besides them, or at all; undefined until it is known. */
  listed: readonly AccessGrant[] | undefined
  /** Keeps all of this up to date until the answer is called. */
  watch(): () => void
}

interface PeopleAroundProps {
  people: KnownPeople
  workspaceId: WorkspaceId
  readers: DocumentReaders
}

/** Keeps `people` up to date; draws nothing, so that who comes and goes draws nothing else again. */
export function PeopleAround({ people, workspaceId, readers: { forEverybody, listed } }: PeopleAroundProps) {
  const { id, name, color, image } = useAccount()
  const { data: members } = useMembers(workspaceId)
  const present = usePeople(workspaceId, members)
  useEffect(
    () => people.set({ own: { id, name, color, image }, members, present, forEverybody, readers: listed }),
    [people, id, name, color, image, members, present, forEverybody, listed],
  )
  return null
}
