import { type DocumentId, WeftError } from '@weft/shared/kit'
import type { Reader } from '../storage/port.ts'
import type { DocumentsDependencies } from './dependencies.ts'
import type { MarkdownWork } from './markdownWork.ts'
import type { TextPage } from './page/textPage.ts'
import { noDocument } from './policy.ts'
import { readPlace } from './store.ts'

/** A page that is looked at while somebody writes in its text is made anew so often. ms */
const goodFor = 2_000
/** Pages that are held; some kilobytes each. The one that was asked for longest ago goes first. */
const mostKept = 100
/** Of all that are held, in characters. */
const sizeKept = 20_000_000

interface Kept {
  page: Promise<TextPage>
  /** The journal's sequence that it has at least. */
  seq: number
  madeAt: number
  size: number
}

/** The last sequence of a document's journal, folded or not. Two searches by key. */
async function readSeq(db: Reader, documentId: DocumentId): Promise<number> {
  const [row, snapshot] = await Promise.all([
    db
      .selectFrom('journal')
      .where('document_id', '=', documentId)
      .select(({ fn }) => fn.max('seq').as('seq'))
      .executeTakeFirst(),
    db.selectFrom('snapshots').where('document_id', '=', documentId).select('seq').executeTakeFirst(),
  ])
  return Math.max(row?.seq ?? 0, snapshot?.seq ?? 0)
}

const sizeOf = ({ parts }: TextPage): number =>
  parts.reduce((size, part) => size + (typeof part === 'string' ? part.length : 50), 0)

/** Texts as pages that nobody writes in. Made in the thread for Markdown, once for each state that somebody looks at. */
export function createPages(
  { storage, clock, texts }: Pick<DocumentsDependencies, 'storage' | 'clock' | 'texts'>,
  markdown: Pick<MarkdownWork, 'look' | 'page'>,
) {
  /** In the order of asking. */
  const kept = new Map<DocumentId, Kept>()

  async function make(documentId: DocumentId): Promise<TextPage> {
    return markdown.page(documentId, await texts().read(documentId, markdown.look))
  }

  function keep(documentId: DocumentId, entry: Kept): void {
    kept.delete(documentId)
    kept.set(documentId, entry)
    let size = [...kept.values()].reduce((sum, one) => sum + one.size, 0)
    for (const [oldest, one] of kept) {
      if ((kept.size <= mostKept && size <= sizeKept) || kept.size === 1) break
      kept.delete(oldest)
      size -= one.size
    }
  }

  async function fresh(documentId: DocumentId): Promise<Kept> {
    const known = kept.get(documentId)
    if (known !== undefined && clock.now() - known.madeAt < goodFor && clock.now() >= known.madeAt) {
      keep(documentId, known)
      return known
    }
    const seq = await readSeq(storage.read, documentId)
    // Somebody else may have asked in the meantime.
    const now = kept.get(documentId)
    if (now !== undefined && (now !== known || now.seq === seq)) {
      now.madeAt = clock.now()
      keep(documentId, now)
      return now
    }
    const made: Kept = { page: make(documentId), seq, madeAt: clock.now(), size: 0 }
    made.page.then(
      (page) => {
        made.size = sizeOf(page)
      },
      () => {
        if (kept.get(documentId) === made) kept.delete(documentId)
      },
    )
    keep(documentId, made)
    return made
  }

  return {
    /**
     * A text for whoever was let in by another room; a moment behind what is written. Throws `not-found` for what is in
     * the trash or does not exist, and `document-set-aside` [SAVE-7].
     */
    async page(documentId: DocumentId): Promise<TextPage> {
      const place = await readPlace(storage.read, documentId)
      if (place === undefined || place.removedAt !== null) throw noDocument()
      if (place.setAside !== null) throw new WeftError('document-set-aside', 'The text of this document is damaged.')
      const { page } = await fresh(documentId)
      return page
    },
  }
}
