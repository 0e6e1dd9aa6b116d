import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { DocumentId, must, WorkspaceId } from '@weft/shared/kit'
import { documentChannel, presenceChannel } from '@weft/shared/sync'
import { freePort } from '../../scripts/freePort.ts'
import { ServerProcess } from './serverProcess.ts'
import type { StartOptions, Target } from './target.ts'

const script = fileURLToPath(new URL('../src/main.ts', import.meta.url))

/** As in the start script of the root and in docs/operating.md. */
const flagsOfStart = ['--max-semi-space-size=8']

/** What only Weft has: commands of its owner. */
export interface WeftTarget extends Target {
  call: Call
}

/** The server as people run it, with one account whose many sockets the limits let through. */
export async function startWeft({
  documents,
  workspaces,
  folder,
  nodeFlags,
  env: added,
}: StartOptions): Promise<WeftTarget> {
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const env = { PORT: String(port), HOST: '127.0.0.1', DATA_DIR: folder, LOG_LEVEL: 'warn', ...raisedLimits, ...added }
  const start = () => new ServerProcess(script, env, [...flagsOfStart, ...nodeFlags])
  let server = start()
  const dispose = async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await server.ready(`${origin}/readyz`)
    const call = await signUp(origin)
    const { channels, presence } = await makeDocuments(call, documents, workspaces)
    const newToken = async () => {
      const { token } = await call('/sync/token')
      if (typeof token !== 'string') throw new Error('the server gave no socket token')
      return token
    }
    return {
      name: 'weft',
      get process() {
        return server
      },
      socketUrl: `ws://127.0.0.1:${port}/sync`,
      token: await newToken(),
      newToken,
      call,
      channels,
      presence,
      sessions: true,
      headers: { origin },
      restart: async (signal) => {
        await server.stop(signal)
        server = start()
        await server.ready(`${origin}/readyz`)
      },
      dispose,
    }
  } catch (error) {
    await dispose()
    throw new Error(`the server under test could not be prepared; it printed:\n${server.output}`, { cause: error })
  }
}

async function makeDocuments(call: Call, documents: number, workspaces: number) {
  const ids: WorkspaceId[] = []
  for (let index = 0; index < workspaces; index++) {
    ids.push(WorkspaceId.parse((await call('/workspaces', { name: `Load ${index}` })).id))
  }
  const channels: string[] = []
  const presence: string[] = []
  for (let index = 0; index < documents; index++) {
    const workspaceId = must(ids[index % workspaces], 'a workspace for each document')
    const document = await call(`/workspaces/${workspaceId}/documents`, { title: `Document ${index}` })
    channels.push(documentChannel(DocumentId.parse(document.id)))
    presence.push(presenceChannel(workspaceId))
  }
  return { channels, presence }
}

/** All sockets, and the requests that make the documents, are one person's. No other bound is touched. */
const raisedLimits = {
  LIMIT_SOCKETS_PER_USER: '100000',
  LIMIT_HTTP_REQUESTS_PER_MINUTE: '1000000',
}

const attempts = 5

export type Call = (path: string, input?: unknown) => Promise<Record<string, unknown>>

async function signUp(origin: string): Promise<Call> {
  const headers = { 'content-type': 'application/json', origin }
  const response = await fetch(`${origin}/api/auth/sign-up/email`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ name: 'Load', email: 'load@weft.example', password: 'a long enough password' }),
  })
  if (!response.ok) throw new Error(`sign-up was answered with ${response.status}: ${await response.text()}`)
  const cookie = response.headers.getSetCookie().map((line) => line.split(';')[0])
  return async (path, input = {}) => {
    for (let attempt = 1; ; attempt++) {
      const answer = await fetch(`${origin}/api/v1${path}`, {
        method: 'POST',
        headers: { ...headers, cookie: cookie.join('; ') },
        body: JSON.stringify(input),
      })
      if (answer.ok) return (await answer.json()) as Record<string, unknown>
      const text = await answer.text()
      // A machine that is busy with something else: the answer itself asks to try again.
      if (answer.status !== 503 || attempt === attempts) {
        throw new Error(`${path} was answered with ${answer.status}: ${text}`)
      }
    }
  }
}
