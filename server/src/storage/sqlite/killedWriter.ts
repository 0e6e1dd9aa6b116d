// Started by a test, which kills it: writes and says what was acknowledged, for ever.
import { DocumentId, must } from '@weft/shared/kit'
import { openSqlite } from './openSqlite.ts'

const [file, ...ids] = process.argv.slice(2)
const storage = await openSqlite({ file: must(file, 'the file') })

async function write(id: DocumentId): Promise<never> {
  let { head } = await storage.loadText(id)
  for (;;) {
    const rows = Array.from({ length: 1 + (head % 5) }, (_, i) => ({
      documentId: id,
      seq: head + i + 1,
      update: new Uint8Array(1 + ((head * 37) % 2_000)).fill(head % 256),
      authorId: null,
      at: Date.now(),
    }))
    await storage.appendJournal(rows)
    head += rows.length
    process.send?.([id, head])
  }
}

await Promise.all(ids.map((id) => write(DocumentId.parse(id))))
