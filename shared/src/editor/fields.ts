import type * as Y from 'yjs'
import type { DocumentKind } from '../documents/index.ts'

/** The root types of a document's channel that Weft shows. */
export const fields = { title: 'title', body: 'body', text: 'text' } as const

/**
 * A rich document has blocks in its body from its seed on; a plain one never has. Blocks that were deleted count: two
 * people who each delete one of the last two leave an empty body.
 */
export function kindOf(doc: Y.Doc): DocumentKind {
  return doc.getXmlFragment(fields.body)._start !== null ? 'rich' : 'plain'
}
