import * as Y from 'yjs'
import { type FoldRow, packSegments, type Segment } from './segmentsPack.ts'

export interface FoldInput {
  snapshot: Uint8Array | null
  rows: FoldRow[]
}

export interface Folded {
  /** The load snapshot: snapshot and rows, without what was deleted. */
  state: Uint8Array
  segments: Segment[]
}

/** Makes the new load snapshot and the segments of the rows. Heavy: for the folding thread. */
export function foldText({ snapshot, rows }: FoldInput): Folded {
  const doc = new Y.Doc({ gc: true })
  doc.transact(() => {
    if (snapshot !== null) Y.applyUpdate(doc, snapshot)
    for (const row of rows) Y.applyUpdate(doc, row.update)
  })
  // Updates that wait for others (an import that was cut, a restore) are part of what this encodes.
  const state = Y.encodeStateAsUpdate(doc)
  assertSame(doc, state)
  doc.destroy()
  return { state, segments: packSegments(rows) }
}

/** The rows go once the snapshot is there: so it is read back first. */
function assertSame(doc: Y.Doc, state: Uint8Array): void {
  const again = new Y.Doc({ gc: true })
  Y.applyUpdate(again, state)
  const same =
    Y.equalSnapshots(Y.snapshot(doc), Y.snapshot(again)) &&
    (doc.store.pendingStructs === null) === (again.store.pendingStructs === null) &&
    (doc.store.pendingDs === null) === (again.store.pendingDs === null)
  again.destroy()
  if (!same) throw new Error('a snapshot did not read back as what it was made of')
}
