import type { EditorState, Transaction } from '@tiptap/pm/state'
import { ReplaceStep } from '@tiptap/pm/transform'
import {
  absolutePositionToRelativePosition,
  relativePositionToAbsolutePosition,
  ySyncPluginKey,
} from '@tiptap/y-tiptap'
import * as Y from 'yjs'
import { differenceOf } from '../difference.ts'

interface Sync {
  doc: Y.Doc
  type: Y.XmlFragment
  binding: { mapping: Map<unknown, unknown> } | null
}

const syncOf = (state: EditorState): Sync | null => (ySyncPluginKey.getState(state) as Sync | undefined) ?? null

/** Where a relative position stands now; null when its text is not there, or it is none. */
export function absoluteOf(state: EditorState, relative: Y.RelativePosition): number | null {
  const sync = syncOf(state)
  if (!sync?.binding) return null
  const at = relativePositionToAbsolutePosition(sync.doc, sync.type, relative, sync.binding.mapping as never)
  return at === null || at < 0 || at > state.doc.content.size ? null : at
}

export function relativeOf(state: EditorState, at: number): Y.RelativePosition | null {
  const sync = syncOf(state)
  return sync?.binding ? absolutePositionToRelativePosition(at, sync.type, sync.binding.mapping as never) : null
}

/** Reads what another page wrote; null if it is no relative position. */
export function readRelative(json: Record<string, unknown>): Y.RelativePosition | null {
  const isId = (value: unknown): boolean =>
    value == null ||
    (typeof value === 'object' &&
      ['client', 'clock'].every((key) => Number.isSafeInteger((value as Record<string, unknown>)[key])))
  if (!isId(json.type) || !isId(json.item) || (json.tname != null && typeof json.tname !== 'string')) return null
  return Y.createRelativePositionFromJSON(json)
}

/**
 * Whether a local change splits, joins or replaces blocks. y-tiptap then writes their text anew, and positions in the
 * old text resolve to nowhere until their owner publishes again.
 */
export function isStructural(transaction: Transaction): boolean {
  return transaction.steps.some((step, i) => {
    if (!(step instanceof ReplaceStep)) return true
    const { slice, from, to } = step
    if (slice.openStart > 0 || slice.openEnd > 0 || slice.content.firstChild?.isBlock) return true
    const before = transaction.docs[i]
    return before === undefined || !before.resolve(from).sameParent(before.resolve(to))
  })
}

/**
 * Maps positions over an undo: y-sync replaces the whole content, and what the undo took away resolves to nowhere. What
 * stands before or behind the part that differs keeps its distance from it.
 */
export function mapByDifference(transaction: Transaction): (at: number) => number {
  const difference = differenceOf(transaction.before, transaction.doc)
  if (difference === null) return (at) => at
  const { from, before, now } = difference
  return (at) => {
    if (at <= from) return at
    return at >= before ? at + now - before : Math.min(at, now)
  }
}
