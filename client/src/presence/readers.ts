import type { Person } from '@weft/shared/auth'
import type { DocumentId, UserId } from '@weft/shared/kit'
import { DocumentAwareness, type WorkspaceAwareness } from '@weft/shared/presence'

/** Somebody in a document: here now, or gone a moment ago. */
export interface Reader {
  person: Person
  /** `gone`: `leftAt` says when. */
  presence: 'here' | 'away' | 'gone'
  activity: 'viewing' | 'editing'
  /** Milliseconds since 1970; null while here. */
  leftAt: number | null
}

/** Who left is shown faded for this long; ms. */
export const rememberFor = 15 * 60_000

/** Everybody whose page has joined the document, once each, without `own`. */
export function readersHere(
  states: Iterable<unknown>,
  pages: readonly WorkspaceAwareness[],
  documentId: DocumentId,
  own: UserId,
): Reader[] {
  const readers = new Map<UserId, Reader>()
  for (const state of states) {
    const parsed = DocumentAwareness.safeParse(state)
    if (!parsed.success || parsed.data.user.id === own) continue
    const { user, cursor } = parsed.data
    const theirs = pages.filter((page) => page.user.id === user.id)
    const editing =
      cursor !== null || theirs.some((page) => page.documentId === documentId && page.activity === 'editing')
    const known = readers.get(user.id)
    readers.set(user.id, {
      person: user,
      // Whoever has no workspace presence (a guest) is here as long as the page is.
      presence: theirs.length > 0 && theirs.every(({ availability }) => availability === 'away') ? 'away' : 'here',
      activity: editing || known?.activity === 'editing' ? 'editing' : 'viewing',
      leftAt: null,
    })
  }
  return [...readers.values()]
}

/** Those here first, then the away, then the gone, the last one to leave first; by name among equals. */
export function withGone(here: readonly Reader[], before: readonly Reader[], now: number): Reader[] {
  const present = new Set(here.map(({ person }) => person.id))
  const gone = before
    .filter(({ person }) => !present.has(person.id))
    .map((reader): Reader => ({ ...reader, presence: 'gone', leftAt: reader.leftAt ?? now }))
    .filter(({ leftAt }) => leftAt !== null && now - leftAt < rememberFor)
  const rank = { here: 0, away: 1, gone: 2 }
  return [...here, ...gone].sort(
    (a, b) =>
      rank[a.presence] - rank[b.presence] ||
      (b.leftAt ?? 0) - (a.leftAt ?? 0) ||
      a.person.name.localeCompare(b.person.name),
  )
}

/** `before`, where nothing that shows has changed: carets move many times a second, people come and go seldom. */
export function keepIfSame(readers: Reader[], before: Reader[]): Reader[] {
  const same = (reader: Reader, other: Reader | undefined): boolean =>
    other !== undefined &&
    reader.presence === other.presence &&
    reader.activity === other.activity &&
    reader.leftAt === other.leftAt &&
    reader.person.id === other.person.id &&
    reader.person.name === other.person.name &&
    reader.person.color === other.person.color &&
    reader.person.image === other.person.image
  return readers.length === before.length && readers.every((reader, i) => same(reader, before[i])) ? before : readers
}
