import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '../../scripts/freePort.ts'
import { ServerProcess } from './serverProcess.ts'
import type { StartOptions, Target } from './target.ts'

const script = fileURLToPath(new URL('./plainServer.ts', import.meta.url))

/** The yardstick: @hocuspocus/server as it comes, with SQLite storage and everyone let in. */
export async function startPlain({ documents, workspaces, folder, nodeFlags }: StartOptions): Promise<Target> {
  const port = await freePort()
  const env = { PLAIN_PORT: String(port), PLAIN_DATABASE: join(folder, 'plain.sqlite') }
  const start = async () => {
    const server = new ServerProcess(script, env, nodeFlags)
    await server.ready(`http://127.0.0.1:${port}/`)
    return server
  }
  let server = await start()
  const indices = Array.from({ length: documents }, (_, index) => index)
  return {
    name: 'plain',
    get process() {
      return server
    },
    socketUrl: `ws://127.0.0.1:${port}/`,
    token: '',
    newToken: async () => '',
    channels: indices.map((index) => `doc/plain-document-${index}`),
    presence: indices.map((index) => `presence/plain-workspace-${index % workspaces}`),
    sessions: false,
    headers: {},
    restart: async (signal) => {
      await server.stop(signal)
      server = await start()
    },
    dispose: async () => {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
