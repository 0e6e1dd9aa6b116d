import type { Editor } from '@tiptap/core'
import { TextSelection, type Transaction } from '@tiptap/pm/state'
import { yUndoPluginKey } from '@tiptap/y-tiptap'
import { reveal } from '../reveal.ts'
import { activeHit, hitsOf, tell } from './findPlugin.ts'
import type { FindOptions, Hit } from './matches.ts'

function show(editor: Editor): void {
  const { view } = editor
  const hit = view.dom.querySelector('.weft-hit-active')
  if (hit) reveal(hit, 'nearest')
}

function activate(editor: Editor, hit: Hit | null): void {
  editor.view.dispatch(tell(editor.state.tr, { active: hit }))
  if (hit !== null) show(editor)
}

/** The first hit at or behind a place, and from the end on the first of all. */
const hitFrom = (editor: Editor, at: number): Hit | null => {
  const hits = hitsOf(editor.state)
  return hits.find(({ from }) => from >= at) ?? hits[0] ?? null
}

/** Looks for something else, from the active hit or the caret on; null ends it. */
export function find(editor: Editor, options: FindOptions | null): void {
  if (editor.isDestroyed) return
  const at = activeHit(editor.state)?.from ?? editor.state.selection.from
  editor.view.dispatch(tell(editor.state.tr, { options }))
  activate(editor, options && hitFrom(editor, at))
}

/** Goes to the next hit, or the one before; round and round. */
export function step(editor: Editor, direction: -1 | 1): void {
  const hits = hitsOf(editor.state)
  const active = activeHit(editor.state)
  const at = active?.from ?? editor.state.selection.from
  const next = direction > 0 ? hits.find(({ from }) => from > at) : hits.findLast(({ from }) => from < at)
  activate(editor, next ?? hits.at(direction > 0 ? 0 : -1) ?? null)
}

/** The caret goes to the active hit, as if one had selected it. */
export function selectActive(editor: Editor): void {
  const hit = activeHit(editor.state)
  if (hit === null || editor.isDestroyed) return
  const { doc, tr } = editor.state
  editor.view.dispatch(tr.setSelection(TextSelection.create(doc, hit.from, hit.to)))
}

function put(transaction: Transaction, { from, to }: Hit, text: string): void {
  if (text === '') transaction.delete(from, to)
  else transaction.insertText(text, from, to)
}

/** One step for the history, whatever was written just before. */
function asOneStep(editor: Editor, transaction: Transaction): void {
  const history = (yUndoPluginKey.getState(editor.state) as { undoManager?: { stopCapturing(): void } } | undefined)
    ?.undoManager
  history?.stopCapturing()
  editor.view.dispatch(transaction)
  history?.stopCapturing()
}

/** Puts a text in the place of the active hit and goes to the next; without one, only goes there. */
export function replaceActive(editor: Editor, text: string): void {
  const hit = activeHit(editor.state)
  if (hit === null) {
    step(editor, 1)
    return
  }
  const { tr } = editor.state
  put(tr, hit, text)
  asOneStep(editor, tr)
  activate(editor, hitFrom(editor, hit.from + text.length))
}

/** Puts a text in the place of all hits, in one step; returns how many there were. */
export function replaceAll(editor: Editor, text: string): number {
  const hits = hitsOf(editor.state)
  const { tr } = editor.state
  // From behind, so that the places of the others stay what they are.
  for (const hit of hits.toReversed()) put(tr, hit, text)
  if (hits.length > 0) asOneStep(editor, tr)
  return hits.length
}
