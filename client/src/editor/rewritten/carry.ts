import { ySyncPluginKey } from '@tiptap/y-tiptap'
import * as Y from 'yjs'
import { forgetPlaces, LineWriter } from './LineWriter.ts'
import type { OwnTyping } from './OwnTyping.ts'
import { type Rewrite, type Run, textOf } from './Rewrite.ts'
import type { Token } from './tokens.ts'

/** Characters side by side are written and deleted as one; a leaf is one by itself. */
function inPieces(tokens: readonly Token[]): Token[][] {
  const pieces: Token[][] = []
  let last: Token | undefined
  for (const token of tokens) {
    if (last !== undefined && last.element === null && token.element === null && last.parent === token.parent)
      pieces.at(-1)?.push(token)
    else pieces.push([token])
    last = token
  }
  return pieces
}

function writeAgain(doc: Y.Doc, { tokens, place }: Run, rewrite: Rewrite): void {
  const { schema } = rewrite
  const writer = LineWriter.at(place, { doc, schema, moved: (id, copy) => rewrite.carried(id, copy) })
  if (writer === null) return
  for (const piece of inPieces(tokens)) {
    const leaf = piece[0]?.element
    const { client, clock } = leaf ? writer.put(leaf) : writer.write(textOf(piece))
    piece.forEach(({ id }, i) => {
      rewrite.carried(id, Y.createID(client, clock + i))
    })
  }
}

/** Deletes what still stands in the text though it stands elsewhere by now. */
function takeAway(tokens: readonly Token[], doc: Y.Doc): void {
  for (const piece of inPieces(tokens.filter(({ fate }) => fate !== 'gone'))) {
    const [{ parent, id }] = piece as [Token]
    const before = new Y.RelativePosition(parent._item?.id ?? null, null, id, 0)
    const at = Y.createAbsolutePositionFromRelativePosition(before, doc)
    if (parent instanceof Y.XmlText) forgetPlaces(parent)
    if (at !== null) parent.delete(at.index, piece.length)
  }
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
      const { tokens, doubles, place } = run
      if (Y.createAbsolutePositionFromRelativePosition(place, doc) === null) continue
      takeAway([...tokens, ...doubles.map(({ token }) => token)], doc)
      for (const { token, instead } of doubles) if (instead !== null) rewrite.carried(token.id, instead)
      writeAgain(doc, run, rewrite)
    }
  }, ySyncPluginKey)
}
