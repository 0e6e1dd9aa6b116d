import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort, ServerProcess } from './serverProcess.ts'
import type { StartOptions, Target } from './target.ts'

const script = fileURLToPath(new URL('./plainServer.ts', import.meta.url))

/** The yardstick: @hocuspocus/server as it comes, with SQLite storage and everyone let in. */
export async function startPlain({ documents, folder, nodeFlags }: StartOptions): Promise<Target> {
  const port = await freePort()
  const server = new ServerProcess(
    script,
    { PLAIN_PORT: String(port), PLAIN_DATABASE: join(folder, 'plain.sqlite') },
    nodeFlags,
  )
  await server.ready(`http://127.0.0.1:${port}/`)
  return {
    name: 'plain',
    process: server,
    socketUrl: `ws://127.0.0.1:${port}/`,
    token: '',
    channels: Array.from({ length: documents }, (_, index) => `doc/plain-document-${index}`),
    sessions: false,
    headers: {},
    dispose: async () => {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
