// Started by a test, which kills it: writes and folds one document, and says what was acknowledged, for ever.
import { DocumentId, must, WeftError } from '@weft/shared/kit'
import { pino } from 'pino'
import * as Y from 'yjs'
import { openSqlite } from '../storage/index.ts'
import { createFolding } from './folding.ts'
import { createJournal } from './journalWriter.ts'
import { loadDocument } from './textStore.ts'

const [file, document, round] = process.argv.slice(2)
const documentId = DocumentId.parse(document)
const log = pino({ level: 'silent' })
const clock = { now: () => Date.now() }
const storage = await openSqlite({ file: must(file, 'the file') })
const journal = createJournal({ storage, clock, log })
const folding = createFolding({ storage, journal, clock, log })

const doc = new Y.Doc()
doc.clientID = 500 + Number(round)
const { head } = await loadDocument(storage, documentId, doc)
journal.open(documentId, head)
doc.on('update', (update: Uint8Array) => journal.enqueue(documentId, update, null))

async function write(): Promise<never> {
  for (let n = 0; ; n++) {
    const text = doc.getText('text')
    for (let i = 0; i < 20; i++) {
      text.insert((n * 31) % (text.length + 1), `${n} `)
      if (text.length > 2_000) text.delete((n * 17) % 1_000, 700)
    }
    const vector = Buffer.from(Y.encodeStateVector(doc)).toString('base64')
    if (await journal.drain(20_000)) process.send?.({ vector })
  }
}

async function fold(): Promise<never> {
  for (let folds = 1; ; ) {
    // On a busy machine the writer may be taken back; then nothing has happened.
    const rows = await folding.fold(documentId).catch((error: unknown) => {
      if (error instanceof WeftError && error.id === 'storage-stopped') return 0
      throw error
    })
    if (rows > 0) process.send?.({ folds: folds++ })
    else await journal.drain(20_000)
  }
}

await Promise.all([write(), fold()])
