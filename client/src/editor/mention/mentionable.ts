import type { Person } from '@weft/shared/auth'
import { type AccessGrant, type DocumentRole, mayEdit } from '@weft/shared/documents'
import type { UserId } from '@weft/shared/kit'
import type { Member } from '@weft/shared/workspaces'
import type { PresentPerson, Status } from '../../presence/index.ts'

/** Somebody who may see the document. */
export interface Mentionable {
  person: Person
  status: Status
  /** Their page shows this very document. */
  here: boolean
  own: boolean
  /** They may see the text and not write it. */
  readsOnly: boolean
}

/** What a page knows about the people around a document. */
export interface Surroundings {
  own: Person
  /** Undefined for guests, who do not see who belongs, and until the list is known. */
  members: readonly Member[] | undefined
  /** The members as they are now. */
  present: readonly PresentPerson[]
  /** Whether all members but guests may see the document. */
  forEverybody: boolean
  /** Who may see it besides them, or at all; undefined until it is known. */
  readers: readonly AccessGrant[] | undefined
}

/**
 * Who may be mentioned: whoever may see the document, those who are in it first, then who is online, away and offline, by
 * name among equals, and oneself at the end. Guests are offered those whom they see in the document.
 */
export function mentionable(
  { own, present, ...known }: Surroundings,
  here: ReadonlyMap<UserId, Person>,
): Mentionable[] {
  const roles = new Map(known.readers?.map(({ userId, role }) => [userId, role]))
  const workspaceRoles = new Map(known.members?.map(({ id, role }) => [id, role]))
  const byRole = (id: UserId): boolean => known.forEverybody && (workspaceRoles.get(id) ?? 'guest') !== 'guest'
  const people = new Map<UserId, Pick<PresentPerson, 'person' | 'status'>>(
    [...here.values(), own].map((person) => [person.id, { person, status: 'online' as const }]),
  )
  for (const { person, status } of present) {
    const { id } = person
    if (people.has(id) || roles.has(id) || byRole(id)) people.set(id, { person, status })
  }
  const rank = ({ status, ...one }: Mentionable): number => {
    if (one.own) return 4
    return one.here ? 0 : order[status]
  }
  return [...people.values()]
    .map(({ person, status }) => ({
      person,
      status,
      here: here.has(person.id),
      own: person.id === own.id,
      readsOnly: readsOnly(roles.get(person.id)),
    }))
    .sort((a, b) => rank(a) - rank(b) || inOrder(a.person.name, b.person.name))
}

const { compare: inOrder } = new Intl.Collator()

const order: Record<Status, number> = { online: 1, away: 2, offline: 3 }

const readsOnly = (role: DocumentRole | undefined): boolean => role !== undefined && !mayEdit(role)

/** Letters are the same with and without their accents, as far as the reader's language takes them for the same. */
const { compare } = new Intl.Collator(undefined, { sensitivity: 'base', usage: 'search' })

/** The words of a text, without their accents. */
const wordsOf = (text: string): string[] =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .split(/[\s\p{P}]+/u)
    .filter((word) => word !== '')

const begins = (part: string | undefined, word: string): boolean =>
  part !== undefined && compare(part.slice(0, word.length), word) === 0

/** Whether each written word begins a part of the name, in order; behind a space another part must be to come. */
export function isNamed(name: string, query: string): boolean {
  const parts = wordsOf(name)
  let at = 0
  for (const word of wordsOf(query)) {
    while (at < parts.length && !begins(parts[at], word)) at++
    if (at++ >= parts.length) return false
  }
  return !/\s$/u.test(query) || at < parts.length
}
