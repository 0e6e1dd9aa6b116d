import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { WorkspaceId } from '@weft/shared/kit'
import { sql } from 'kysely'
import { type App, startApp } from '../../src/app.ts'
import { readConfig } from '../../src/config/index.ts'
import { createLogger } from '../../src/kit/logger.ts'
import type { Storage } from '../../src/storage/index.ts'
import { measureAsking } from '../asking.ts'
import { seededRandom } from '../randomness.ts'
import { type FeedData, fillFeed } from './data.ts'
import { type Question, questions } from './questions.ts'

export const usage = `pnpm bench feed [options]

The history with many entries in it, asked for over HTTP by one person after the other: each kind of page and search.

  --entries n      default 1000000
  --documents n    default 10000, of which 200 are for some people alone
  --people n       default 1000
  --times n        of each question; default 300
  --seed n         default 1
  --folder path    where the database goes
  --strict         exit with 1 when a page takes more than 50 ms (p99)`

/** Milliseconds, of the 99th percentile. */
const target = 50
const password = 'a long enough password'

/** Runs what the command line asks for; returns the exit code. */
export async function runFeed(args: string[]): Promise<number> {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      entries: { ...text, default: '1000000' },
      documents: { ...text, default: '10000' },
      people: { ...text, default: '1000' },
      times: { ...text, default: '300' },
      seed: { ...text, default: '1' },
      folder: text,
      strict: { type: 'boolean', default: false },
    },
  })
  const [entries, documents, people, times, seed] = [
    values.entries,
    values.documents,
    values.people,
    values.times,
    values.seed,
  ].map(Number) as [number, number, number, number, number]
  const folder = mkdtempSync(join(values.folder ?? tmpdir(), 'weft-bench-feed-'))
  const config = readConfig({
    PORT: '0',
    DATA_DIR: folder,
    LOG_LEVEL: 'error',
    LIMIT_HTTP_REQUESTS_PER_MINUTE: '1000000',
  })
  const app = await startApp(config, { log: createLogger('error') })
  try {
    const { cookie, workspaceId, reader } = await signUp(app)
    const began = performance.now()
    const data = await fillFeed(app.storage, workspaceId, reader, { entries, documents, people, restricted: 200, seed })
    console.log(
      `${entries} entries, ${documents} documents, ${people} people, written in ${((performance.now() - began) / 1_000).toFixed(0)} s`,
    )
    await printPlans(app.storage, workspaceId, data)
    let reached = true
    for (const [name, question] of Object.entries(questions)) {
      const ask = () => askOnce(app, workspaceId, cookie, question(data, random))
      const random = seededRandom(seed)
      const { histogram, found, cpu } = await measureAsking(ask, times, 20)
      const p99 = histogram.percentile(0.99)
      reached &&= p99 < target
      console.log(
        `  ${name.padEnd(38)} p50 ${histogram.percentile(0.5).toFixed(1).padStart(5)} ms   p99 ${p99.toFixed(1).padStart(5)} ms   longest ${histogram.max.toFixed(1).padStart(5)} ms   CPU ${cpu.toFixed(1).padStart(5)} ms   ${(found / times).toFixed(0).padStart(3)} entries`,
      )
    }
    console.log(`p99 below ${target} ms: ${reached ? 'reached' : 'not reached'}`)
    return reached || !values.strict ? 0 : 1
  } finally {
    await app.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function askOnce(
  app: App,
  workspaceId: WorkspaceId,
  cookie: string,
  question: ReturnType<Question>,
): Promise<number> {
  const query = new URLSearchParams(question)
  const answer = await fetch(`http://127.0.0.1:${app.port}/api/v1/workspaces/${workspaceId}/activity?${query}`, {
    headers: { cookie },
  })
  if (!answer.ok) throw new Error(`the page ${query} was answered with ${answer.status}`)
  return (await answer.json()).entries.length
}

/** A member of a workspace, who is neither its owner nor let into everything. */
async function signUp(app: App): Promise<{ cookie: string; workspaceId: WorkspaceId; reader: string }> {
  const url = `http://127.0.0.1:${app.port}`
  const post = (path: string, body: object, cookie = '') =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: app.url, cookie },
      body: JSON.stringify(body),
    })
  const account = await post('/api/auth/sign-up/email', { name: 'Reader', email: 'reader@weft.example', password })
  const cookie = account.headers
    .getSetCookie()
    .map((set) => set.split(';')[0])
    .join('; ')
  const { user } = await account.json()
  const workspaceId = WorkspaceId.parse((await (await post('/api/v1/workspaces', { name: 'Mill' }, cookie)).json()).id)
  await app.storage.transaction((tx) => tx.updateTable('members').set({ role: 'member' }).execute())
  return { cookie, workspaceId, reader: user.id }
}

/** How the database goes about the pages of an audience, a person, a type and a document. */
async function printPlans(storage: Storage, workspaceId: WorkspaceId, { people, documents }: FeedData): Promise<void> {
  const keys = [
    sql`audience_id = ${workspaceId}`,
    sql`actor_id = ${people[0]} and audience_id = ${workspaceId}`,
    sql`audience_id = ${workspaceId} and type = 'document.moved'`,
    sql`document_id = ${documents[300]}`,
  ]
  for (const key of keys) {
    const { rows } = await sql<{ detail: string }>`explain query plan select * from activity
      where workspace_id = ${workspaceId} and ${key} and (at, seq) < (9e15, 0) order by at desc, seq desc limit 50`.execute(
      storage.read,
    )
    for (const { detail } of rows) console.log(`  ${detail}`)
  }
}
