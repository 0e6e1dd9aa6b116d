import type { DocumentId } from '@weft/shared/kit'
import { documentLinksIn, fields, kindOf, textWithin } from '@weft/shared/text'
import * as Y from 'yjs'

/** Raised with every change of what is taken out of a text: all documents are then read again. */
export const readingVersion = 1

/** What is searched of a body, in UTF-16 code units: some 250,000 words. */
const longestBody = 1_500_000

export interface StoredUpdates {
  snapshot: Uint8Array | null
  updates: readonly Uint8Array[]
}

/** What is known of a text beside its title. */
export interface PlainText {
  /** As it is searched, blocks separated by line ends. */
  body: string
  /** The documents that it leads to. */
  links: DocumentId[]
}

/** Heavy: for the thread that reads texts. */
export function plainText({ snapshot, updates }: StoredUpdates): PlainText {
  const doc = new Y.Doc()
  try {
    doc.transact(() => {
      if (snapshot !== null) Y.applyUpdate(doc, snapshot)
      for (const update of updates) Y.applyUpdate(doc, update)
    })
    if (kindOf(doc) === 'plain') return { body: doc.getText(fields.text).toString().slice(0, longestBody), links: [] }
    const body = doc.getXmlFragment(fields.body)
    return { body: textWithin(body, longestBody).slice(0, longestBody), links: documentLinksIn(body) }
  } finally {
    doc.destroy()
  }
}
