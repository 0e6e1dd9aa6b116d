import { DocumentId, type UserId, type WorkspaceId } from '@weft/shared/kit'
import { seedUpdate, setTitle } from '@weft/shared/text'
import * as Y from 'yjs'
import { blobCrc, type Storage } from '../../src/storage/index.ts'
import { seededRandom } from '../randomness.ts'

export interface LibrarySize {
  documents: number
  /** In each. */
  words: number
  /** Documents that only some may open, with what lies below them. */
  restricted: number
  seed: number
}

export interface Library {
  documents: DocumentId[]
  /** The most frequent first. */
  vocabulary: string[]
}

const atOnce = 100
const differentWords = 30_000
const syllables = ['bu', 'ra', 'to', 'mi', 'ken', 'sol', 'va', 'do', 'pel', 'ti', 'gra', 'no', 'lu', 'fe', 'zan', 'wi']

/** Ten documents below each, each with a title and a body of words as frequent as those of a language are (Zipf). */
export async function fillLibrary(
  storage: Storage,
  workspaceId: WorkspaceId,
  reader: UserId,
  size: LibrarySize,
): Promise<Library> {
  const random = seededRandom(size.seed)
  const syllable = (): string => syllables[Math.floor(random() * syllables.length)] ?? ''
  const vocabulary = [
    ...new Set(
      Array.from({ length: differentWords * 2 }, () =>
        Array.from({ length: 1 + Math.floor(random() * 4) }, syllable).join(''),
      ),
    ),
  ].slice(0, differentWords)
  const sums: number[] = []
  for (let n = 0; n < vocabulary.length; n++) sums.push((sums[n - 1] ?? 0) + 1 / (n + 1))
  const all = sums.at(-1) ?? 1
  const word = (): string => {
    const wanted = random() * all
    let [low, high] = [0, sums.length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sums[middle] ?? 0) < wanted) low = middle + 1
      else high = middle
    }
    return vocabulary[low] ?? ''
  }
  const words = (count: number): string => Array.from({ length: count }, word).join(' ')

  const seed = seedUpdate('rich')
  const idOf = (n: number): DocumentId => DocumentId.parse(`document${String(n).padStart(13, '0')}`)
  const documents = Array.from({ length: size.documents }, (_, n) => idOf(n))
  for (let from = 0; from < documents.length; from += atOnce) {
    const page = documents.slice(from, from + atOnce).map((id, at) => {
      const n = from + at
      const title = words(4)
      const update = textUpdate(
        seed,
        n + 1_000_000,
        title,
        Array.from({ length: size.words / 50 }, () => words(50)),
      )
      const restricted = n < size.restricted
      const above = n < size.restricted * 10 ? null : idOf(Math.floor(n / 10))
      return { id, title, update, restricted, above }
    })
    await storage.transaction(async (tx) => {
      await tx
        .insertInto('documents')
        .values(
          page.map(({ id, title, restricted, above }) => ({
            id,
            workspace_id: workspaceId,
            parent_id: above,
            position: 'a0',
            title,
            kind: 'rich' as const,
            created_by: reader,
            created_at: 0,
            updated_at: Math.floor(random() * 1e9),
            removed_at: null,
            set_aside: null,
            restricted: restricted ? (1 as const) : (0 as const),
            audience_id: restricted ? id : null,
          })),
        )
        .execute()
      const row = (id: DocumentId, seq: number, update: Uint8Array) => ({
        document_id: id,
        seq,
        update,
        author_id: reader,
        at: 1,
        crc: blobCrc(update),
      })
      await tx
        .insertInto('journal')
        .values(page.flatMap(({ id, update }) => [row(id, 1, seed), row(id, 2, update)]))
        .execute()
    })
  }
  return { documents, vocabulary }
}

function textUpdate(seed: Uint8Array, clientId: number, title: string, paragraphs: readonly string[]): Uint8Array {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, seed)
  doc.clientID = clientId
  const before = Y.encodeStateVector(doc)
  setTitle(doc, title)
  doc.getXmlFragment('body').push(
    paragraphs.map((text) => {
      const block = new Y.XmlElement('paragraph')
      block.insert(0, [new Y.XmlText(text)])
      return block
    }),
  )
  const update = Y.encodeStateAsUpdate(doc, before)
  doc.destroy()
  return update
}
