import type { Reader, Storage } from '../../port.ts'
import type { FoundText, IndexedText, TextIndex } from '../../textIndex.ts'
import type { ReaderThread } from '../ReaderThread.ts'
import { markedText } from './marked.ts'
import { partsOf } from './parts.ts'
import { spaced, unspacedAgain } from './spacing.ts'
import {
  cutParts,
  type EndToWrite,
  type FoundRow,
  findStatement,
  type PartToWrite,
  writeParts,
  writePositions,
} from './statements.ts'

/** Characters that are written in one transaction, or one part: some milliseconds of the writer. */
const writtenAtOnce = 30_000

/** What one transaction writes. */
interface Batch {
  parts: PartToWrite[]
  ends: EndToWrite[]
}

/** In order, so that what is killed in between has its old position until its last part is written. */
function batchesOf(texts: readonly IndexedText[]): Batch[] {
  const batches: Batch[] = []
  let length = Number.POSITIVE_INFINITY
  for (const { documentId, title, body, seq, version } of texts) {
    const parts = partsOf(spaced(body))
    for (const [part, text] of parts.entries()) {
      if (length + text.length > writtenAtOnce) {
        batches.push({ parts: [], ends: [] })
        length = 0
      }
      length += text.length
      batches.at(-1)?.parts.push({ documentId, part, title: spaced(title), body: text })
    }
    batches.at(-1)?.ends.push({ documentId, parts: parts.length, title, seq, version })
  }
  return batches
}

/** The index in SQLite (FTS5). */
export function createTextIndex(
  storage: Pick<Storage, 'transaction'>,
  compiler: Reader,
  thread: Pick<ReaderThread, 'all'>,
): TextIndex {
  return {
    async write(texts) {
      for (const { parts, ends } of batchesOf(texts)) {
        await storage.transaction(async (tx) => {
          await writeParts(parts).execute(tx)
          if (ends.length === 0) return
          await cutParts(ends).execute(tx)
          await writePositions(ends).execute(tx)
        })
      }
    },

    async find(question) {
      if (question.terms.length === 0) return []
      const { sql, parameters } = findStatement(question).compile(compiler)
      const rows = await thread.all<FoundRow>(sql, parameters)
      return rows.map(toFound)
    },
  }
}

function toFound({ markedTitle, excerpt, title, ...place }: FoundRow): FoundText {
  const marked = markedText(markedTitle)
  return {
    ...place,
    // Renamed a moment ago: the marks are of the old one.
    title: marked.text === unspacedAgain(spaced(title)) ? marked : { text: title, marks: [] },
    excerpt: excerpt === '' ? null : markedText(excerpt),
  }
}
