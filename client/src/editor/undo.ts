import { defaultDeleteFilter, ySyncPluginKey } from '@tiptap/y-tiptap'
import { bodySchema, fields } from '@weft/shared/editor'
import * as Y from 'yjs'

/** Blocks that another person has written into stay when the one who made them undoes that. */
const protectedNodes = new Set(Object.keys(bodySchema.nodes))

/** One history for title and body, of one's own edits alone. */
export function createUndoManager(doc: Y.Doc): Y.UndoManager {
  return new Y.UndoManager([doc.getXmlFragment(fields.title), doc.getXmlFragment(fields.body)], {
    trackedOrigins: new Set([ySyncPluginKey]),
    captureTransaction: (transaction) => transaction.meta.get('addToHistory') !== false,
    deleteFilter: (item) => defaultDeleteFilter(item, protectedNodes),
  })
}
