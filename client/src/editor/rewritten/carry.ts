import { ySyncPluginKey } from '@tiptap/y-tiptap'
import * as Y from 'yjs'
import type { OwnTyping } from './OwnTyping.ts'
import { type Rewrite, type Run, textOf } from './Rewrite.ts'

/** Yjs remembers places in a text, and forgets those that others' changes have moved only after this. */
function forgetPlaces(text: Y.XmlText): void {
  if (text._searchMarker) text._searchMarker.length = 0
}

/** Writes the run's text at its place. The id of its first character, or null where the place is gone. */
function writeAgain(doc: Y.Doc, run: Run, text: string): Y.ID | null {
  const at = Y.createAbsolutePositionFromRelativePosition(run.place, doc)
  if (at === null) return null
  let target = at.type
  if (target instanceof Y.XmlElement) {
    const fresh = new Y.XmlText()
    target.insert(at.index, [fresh])
    target = fresh
  }
  if (!(target instanceof Y.XmlText)) return null
  forgetPlaces(target)
  const id = Y.createID(doc.clientID, Y.getState(doc.store, doc.clientID))
  target.insert(target.length === 0 ? 0 : at.index, text)
  return id
}

/** Deletes a run that still stands in the text before the one that was written anew. */
function takeAway({ tokens }: Run, doc: Y.Doc): void {
  const [first] = tokens
  if (first === undefined || first.fate === 'gone' || !(first.parent instanceof Y.XmlText)) return
  const before = new Y.RelativePosition(first.parent._item?.id ?? null, null, first.id, 0)
  const at = Y.createAbsolutePositionFromRelativePosition(before, doc)
  forgetPlaces(first.parent)
  if (at !== null) first.parent.delete(at.index, tokens.length)
}

/**
 * Moves what one typed in the same instant in which somebody wrote the text around it anew. Only the one who typed it
 * does so, hence it is done once. It is a part of the typing: one undo takes it back.
 */
export function carry(doc: Y.Doc, rewrite: Rewrite, typing: OwnTyping, undoManager: Y.UndoManager): void {
  const runs = rewrite.strandedRuns(typing)
  if (runs.length === 0) return
  if (undoManager.lastChange > 0) undoManager.lastChange = Date.now()
  doc.transact(() => {
    // From behind: of two runs at one place the later one is written first.
    for (const run of runs.toReversed()) {
      const id = writeAgain(doc, run, textOf(run.tokens))
      if (id === null) continue
      takeAway(run, doc)
      run.tokens.forEach((token, i) => {
        rewrite.carried(token, Y.createID(id.client, id.clock + i))
      })
    }
  }, ySyncPluginKey)
}
