import type { Person } from '@weft/shared/auth'
import type { DocumentId, UserId } from '@weft/shared/kit'
import type { WorkspaceAwareness } from '@weft/shared/presence'
import type { Member } from '@weft/shared/workspaces'

export type Status = 'online' | 'away' | 'offline'

export interface Page {
  documentId: DocumentId
  activity: 'viewing' | 'editing'
}

/** A member as the others see them. */
export interface PresentPerson {
  person: Person
  status: Status
  /** Milliseconds since 1970; null: never, or not known. */
  lastSeenAt: number | null
  /** The documents that their pages show and that everybody may see. */
  pages: readonly Page[]
}

const order: Record<Status, number> = { online: 0, away: 1, offline: 2 }

/** One entry a member: online beats away where several pages are open. Those here first, then by name. */
export function mergePeople(
  members: readonly Member[],
  states: readonly WorkspaceAwareness[],
  lastSeen: ReadonlyMap<UserId, number> = new Map(),
): PresentPerson[] {
  const pages = Map.groupBy(states, ({ user }) => user.id)
  return members
    .map((member) => presentPerson(member, pages.get(member.id) ?? [], lastSeen.get(member.id)))
    .sort((a, b) => order[a.status] - order[b.status] || a.person.name.localeCompare(b.person.name))
}

function presentPerson(
  member: Member,
  states: readonly WorkspaceAwareness[],
  seenAt: number | undefined,
): PresentPerson {
  const { id, name, color, image } = member
  const online = states.some(({ availability }) => availability === 'online')
  return {
    person: { id, name, color, image },
    status: online ? 'online' : states.length > 0 ? 'away' : 'offline',
    lastSeenAt: latest(member.lastSeenAt, seenAt),
    pages: states.flatMap(({ documentId, activity }) => (documentId === null ? [] : [{ documentId, activity }])),
  }
}

const latest = (one: number | null, other: number | undefined): number | null =>
  one === null ? (other ?? null) : Math.max(one, other ?? one)
