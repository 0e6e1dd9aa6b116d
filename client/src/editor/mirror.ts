import * as Y from 'yjs'

/**
 * A copy of a document that follows it and is never read back: what an editor does to it (y-tiptap deletes nodes that
 * do not fit the schema) cannot leave a page that may only read [SAVE-8].
 */
export function mirrorOf(doc: Y.Doc): { mirror: Y.Doc; destroy(): void } {
  const mirror = new Y.Doc()
  const follow = (update: Uint8Array): void => Y.applyUpdate(mirror, update, 'mirror')
  Y.applyUpdate(mirror, Y.encodeStateAsUpdate(doc), 'mirror')
  doc.on('update', follow)
  return {
    mirror,
    destroy() {
      doc.off('update', follow)
      mirror.destroy()
    },
  }
}
