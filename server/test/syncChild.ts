import { startSyncServer } from './syncServer.ts'

// Started by syncKill.test.ts to be killed: prints its address, and lives until then.
const server = await startSyncServer({ dir: process.argv[2] ?? '' })
process.stdout.write(`${JSON.stringify({ url: server.url })}\n`)
