import { Server } from '@hocuspocus/server'
import Database from 'better-sqlite3'
import { applyUpdate, encodeStateAsUpdate } from 'yjs'

/**
 * The yardstick as a process of its own: @hocuspocus/server with its defaults, and storage as its SQLite extension
 * does it (one row a document, the whole state at once, 2 to 10 s after an edit). The extension itself wants an older
 * better-sqlite3 that has to be compiled.
 */
const database = new Database(process.env.PLAIN_DATABASE)
database.exec(
  'CREATE TABLE IF NOT EXISTS "documents" ("name" varchar(255) NOT NULL, "data" blob NOT NULL, UNIQUE(name))',
)
const fetchRow = database.prepare<[string], { data: Buffer }>('SELECT data FROM "documents" WHERE name = ?')
const storeRow = database.prepare(
  'INSERT INTO "documents" ("name", "data") VALUES (?, ?) ON CONFLICT(name) DO UPDATE SET data = excluded.data',
)

const server = new Server({
  port: Number(process.env.PLAIN_PORT),
  address: '127.0.0.1',
  quiet: true,
  onLoadDocument: async ({ document, documentName }) => {
    const row = fetchRow.get(documentName)
    if (row) applyUpdate(document, row.data)
  },
  onStoreDocument: async ({ document, documentName }) => {
    storeRow.run(documentName, encodeStateAsUpdate(document))
  },
})
await server.listen()
