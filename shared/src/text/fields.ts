import type * as Y from 'yjs'
import type { DocumentKind } from '../documents/index.ts'

/** The root types of a document's channel that Weft shows. */
export const fields = { title: 'title', body: 'body', text: 'text' } as const

/** Writes the seeds and nothing else, ever: the structs under it are the same in every document ("Weft" in ASCII). */
export const seedClientId = 0x57656674

function hasSeedIn(fragment: Y.XmlFragment): boolean {
  for (let item = fragment._start; item !== null; item = item.right) if (item.id.client === seedClientId) return true
  return false
}

/**
 * A rich document has a block of the seed in its body, deleted or not (two people who each delete one of the last two
 * leave an empty body); a plain one has not, whatever somebody has written there. Of text without a seed, the body
 * decides.
 */
export function kindOf(doc: Y.Doc): DocumentKind {
  const body = doc.getXmlFragment(fields.body)
  const seeded = hasSeedIn(doc.getXmlFragment(fields.title))
  return (seeded ? hasSeedIn(body) : body._start !== null) ? 'rich' : 'plain'
}
