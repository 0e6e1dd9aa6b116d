import { setImmediate as turn } from 'node:timers/promises'
import { startSyncServer } from './syncServer.ts'

// Started by measuredServer.ts: a server whose memory is nobody else's.
const server = await startSyncServer({ dir: process.argv[2] ?? '', limits: JSON.parse(process.argv[3] ?? '{}') })

async function measure(): Promise<void> {
  for (let i = 0; i < 3; i++) {
    await turn()
    globalThis.gc?.()
  }
  const { heapUsed, external, rss } = process.memoryUsage()
  const handles = process.getActiveResourcesInfo().length
  process.send?.({ bytes: heapUsed + external, rss, handles, ...server.sync.stats() })
}

process.on('message', () => void measure())
process.on('disconnect', () => process.exit(0))
process.send?.({ url: server.url })
