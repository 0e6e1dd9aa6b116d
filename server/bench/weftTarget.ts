import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { DocumentId } from '@weft/shared/kit'
import { documentChannel } from '@weft/shared/sync'
import { freePort, ServerProcess } from './serverProcess.ts'
import type { StartOptions, Target } from './target.ts'

const script = fileURLToPath(new URL('../src/main.ts', import.meta.url))

/** As in the start script of the root and in docs/operating.md. */
const flagsOfStart = ['--max-semi-space-size=8']

/** The server as people run it, with one account whose many sockets the limits let through. */
export async function startWeft({ documents, folder, nodeFlags }: StartOptions): Promise<Target> {
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const server = new ServerProcess(
    script,
    { PORT: String(port), HOST: '127.0.0.1', DATA_DIR: folder, LOG_LEVEL: 'warn', ...raisedLimits },
    [...flagsOfStart, ...nodeFlags],
  )
  const dispose = async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await server.ready(`${origin}/readyz`)
    const call = await signUp(origin)
    const workspace = await call('/workspaces', { name: 'Load' })
    const channels: string[] = []
    for (let index = 0; index < documents; index++) {
      const document = await call(`/workspaces/${workspace.id}/documents`, { title: `Document ${index}` })
      channels.push(documentChannel(DocumentId.parse(document.id)))
    }
    const { token } = await call('/sync/token')
    if (typeof token !== 'string') throw new Error('the server gave no socket token')
    const socketUrl = `ws://127.0.0.1:${port}/sync`
    return { name: 'weft', process: server, socketUrl, token, channels, sessions: true, headers: { origin }, dispose }
  } catch (error) {
    await dispose()
    throw new Error(`the server under test could not be prepared; it printed:\n${server.output}`, { cause: error })
  }
}

/** All sockets, and the requests that make the documents, are one person's. No other bound is touched. */
const raisedLimits = {
  LIMIT_SOCKETS_PER_USER: '100000',
  LIMIT_HTTP_REQUESTS_PER_MINUTE: '1000000',
}

const attempts = 5

type Call = (path: string, input?: unknown) => Promise<Record<string, unknown>>

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
