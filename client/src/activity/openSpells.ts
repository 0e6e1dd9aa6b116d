import type { ActivityEntry } from '@weft/shared/activity'
import type { Person } from '@weft/shared/auth'
import type { DocumentId } from '@weft/shared/kit'
import type { Filter } from './filter.ts'

/** Somebody who edits a document, as far as presence tells. */
export interface Editing {
  person: Person
  documentId: DocumentId
}

/** An editing spell that is not in the history yet, since that tells of it only at its end. */
export interface OpenSpell extends Editing {
  /** By this page's clock, in milliseconds since 1970. */
  from: number
  /** When it was seen to have stopped; null: it goes on. */
  until: number | null
}

/** The server ends a spell ten minutes after the last edit; a minute more, and it was one that left nothing. Ms. */
const toldWithin = 11 * 60_000
/** The last edit of a person's spell before lies ten minutes before the first of this one: half of that for clocks. Ms. */
const clocksDiffer = 5 * 60_000

const isSame = (one: Editing, other: Editing): boolean =>
  one.documentId === other.documentId && one.person.id === other.person.id

/**
 * The spells that are open, those that go on first: whoever edits now, and whoever did until the history tells of it.
 * `told` is what the history shows. Where nothing has changed, `before` itself.
 */
export function followSpells(
  before: readonly OpenSpell[],
  editing: readonly Editing[],
  told: readonly ActivityEntry[],
  now: number,
): readonly OpenSpell[] {
  const running = editing
    .filter((one, place) => editing.findIndex((other) => isSame(one, other)) === place)
    .map((one): OpenSpell => {
      const known = before.find((spell) => isSame(spell, one))
      return { ...one, from: known?.from ?? now, until: null }
    })
  const stopped = before
    .filter((spell) => !editing.some((one) => isSame(one, spell)) && !isTold(spell, told))
    .map((spell) => ({ ...spell, until: spell.until ?? now }))
    .filter(({ until }) => now - until < toldWithin)
  const after = [...running, ...stopped]
  const isUnchanged = after.every((spell, place) => {
    const old = before[place]
    return old !== undefined && isSame(old, spell) && old.until === spell.until && old.person.name === spell.person.name
  })
  return isUnchanged && after.length === before.length ? before : after
}

const isTold = ({ person, documentId, from }: OpenSpell, told: readonly ActivityEntry[]): boolean =>
  told.some(
    (entry) =>
      entry.type === 'document.edited' &&
      entry.actorId === person.id &&
      entry.documentId === documentId &&
      entry.at > from - clocksDiffer,
  )

/** Whether a filter shows a spell. A search is the server's, which knows nothing of it. */
export function showsSpell({ person, document, kind, search }: Filter, spell: Editing): boolean {
  if (search.trim() !== '' || (kind !== null && kind !== 'edits')) return false
  return (person === null || person === spell.person.id) && (document === null || document === spell.documentId)
}
