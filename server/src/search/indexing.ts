import type { DocumentId } from '@weft/shared/kit'
import type { Links } from '../documents/index.ts'
import type { IndexedText, StoredText } from '../storage/index.ts'
import type { SearchDependencies } from './dependencies.ts'
import { type PlainText, readingVersion } from './plainText.ts'
import { readIndexed, readNewAuthors, writeAuthors } from './store.ts'
import { TextThread, ThreadStopped } from './TextThread.ts'

/** What one document took, in bytes; null: there is nothing new in it. */
export type Indexed = ReadonlyMap<DocumentId, number | null>

/** Found by its title. At the next start, as with the next edit, it is looked at again. */
const unreadable = { body: '', links: [], version: 0 }

/**
 * Puts documents into the index as they are stored now. Authors and links, which seldom change, are noted first and the
 * text with its position last, so that a SIGKILL in between leaves the old position, from which all of it is done again.
 */
export function createIndexing({ storage, documents, log }: Pick<SearchDependencies, 'storage' | 'documents' | 'log'>) {
  const thread = new TextThread()

  async function textOf(documentId: DocumentId, text: StoredText, setAside: string | null) {
    if (setAside !== null) return unreadable
    const { snapshot, rows } = text
    try {
      const read: PlainText = await thread.read({ snapshot, updates: rows.map(({ update }) => update) })
      return { ...read, version: readingVersion }
    } catch (error) {
      if (error instanceof ThreadStopped) throw error
      log.warn({ err: error, documentId }, 'the text of a document could not be read for search')
      return unreadable
    }
  }

  return {
    /** Rejects with what the storage or the stop of the thread says; then nothing is known of those documents. */
    async index(documentIds: readonly DocumentId[]): Promise<Indexed> {
      const done = new Map<DocumentId, number | null>()
      const texts: IndexedText[] = []
      const links: Links[] = []
      const authors: Parameters<typeof writeAuthors>[1][number][] = []
      for (const documentId of documentIds) {
        const known = await readIndexed(storage.read, documentId)
        done.set(documentId, null)
        if (known === undefined) continue
        const text = await storage.loadText(documentId)
        const isCurrent = known.seq === text.head && known.version === readingVersion
        if (isCurrent && known.indexedTitle === known.title) continue
        const { body, links: to, version } = await textOf(documentId, text, known.setAside)
        links.push({ documentId, to })
        texts.push({ documentId, title: known.title, body, seq: text.head, version })
        for (const authorId of await readNewAuthors(storage.read, documentId, known.seq ?? 0)) {
          authors.push({ documentId, authorId })
        }
        done.set(documentId, bytesOf(text))
      }
      if (texts.length === 0) return done
      if (authors.length > 0) await storage.transaction((tx) => writeAuthors(tx, authors))
      await documents.writeLinks(links)
      await storage.textIndex.write(texts)
      return done
    },

    stop: (): Promise<void> => thread.stop(),
  }
}

const bytesOf = ({ snapshot, rows }: StoredText): number =>
  rows.reduce((sum, { update }) => sum + update.length, snapshot?.length ?? 0)
