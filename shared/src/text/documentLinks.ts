import * as Y from 'yjs'
import { DocumentId } from '../kit/index.ts'

/** A document's page, on whatever host: an installation may change its address. */
const pageOfDocument = /\/w\/[A-Za-z0-9_-]{16,40}\/d\/([A-Za-z0-9_-]{16,40})(?=$|[/?#])/
/** More nodes than this are not walked, and more documents not named. */
const visitLimit = 1_000_000
const mostLinks = 1_000

function named(value: unknown): DocumentId | null {
  const parsed = DocumentId.safeParse(value)
  return parsed.success ? parsed.data : null
}

function inAddress(link: unknown): DocumentId | null {
  const href = typeof link === 'object' && link !== null && 'href' in link ? link.href : null
  return typeof href === 'string' ? named(pageOfDocument.exec(href)?.[1]) : null
}

/**
 * The documents that a body leads to, each once: by nodes that name one in `documentId`, and by links to its page. Walks
 * without recursion, so depth cannot overflow.
 */
export function documentLinksIn(root: Y.XmlFragment): DocumentId[] {
  const found = new Set<DocumentId>()
  const add = (id: DocumentId | null): void => {
    if (id !== null) found.add(id)
  }
  const stack: unknown[] = [root]
  for (let visits = 0; stack.length > 0 && visits < visitLimit && found.size < mostLinks; visits++) {
    const item = stack.pop()
    if (item instanceof Y.Text) {
      for (const { attributes } of item.toDelta() as { attributes?: Record<string, unknown> }[]) {
        if (attributes?.link !== undefined) add(inAddress(attributes.link))
      }
    } else if (item instanceof Y.XmlElement || item instanceof Y.XmlFragment) {
      if (item instanceof Y.XmlElement) add(named(item.getAttribute('documentId')))
      const children = item.toArray() as unknown[]
      for (let i = children.length - 1; i >= 0; i--) stack.push(children[i])
    }
  }
  return [...found]
}
