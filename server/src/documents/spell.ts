import type { UserId } from '@weft/shared/kit'
import type { JournalRun } from './textPort.ts'

/** Without an edit for so long a spell is over, and after so long in all another one begins. Milliseconds. */
export const spellPause = 10 * 60_000
export const spellLongest = 60 * 60_000

/** What one author has done in one document without a longer pause. */
export interface Spell {
  authorId: UserId
  /** Of the first and the last edit; milliseconds since 1970. */
  fromAt: number
  toAt: number
  edits: number
  added: number
  removed: number
}

/** Nothing that is written from `now` on belongs to it any more. */
export const isOver = (spell: Spell, now: number): boolean =>
  now - spell.toAt >= spellPause || now - spell.fromAt >= spellLongest

/**
 * Takes a run into the open spells of a document, one for each author at most, and returns the one that it ended. Where
 * spells end is in the times of the runs alone, whenever they are looked at.
 */
export function takeIn(open: Map<UserId, Spell>, run: JournalRun): Spell | null {
  const { authorId } = run
  // The server's own edits are nobody's spell.
  if (authorId === null) return null
  const before = open.get(authorId)
  const ended = before !== undefined && isOver(before, run.fromAt) ? before : null
  const spell = ended === null ? before : undefined
  open.set(authorId, {
    authorId,
    fromAt: spell?.fromAt ?? run.fromAt,
    // A clock that was set back makes no spell that ends before it began.
    toAt: Math.max(spell?.toAt ?? 0, run.toAt, run.fromAt),
    edits: (spell?.edits ?? 0) + run.edits,
    added: (spell?.added ?? 0) + run.added,
    removed: (spell?.removed ?? 0) + run.removed,
  })
  return ended
}
