import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { runPaper } from './paper.ts'
import { findTrace, type TraceName, whereTracesComeFrom } from './trace.ts'

export const usage = `pnpm bench history [options]

Replays what people really wrote: a history of two authors at once, by two pages through a server that is killed in
between, and a long one of one author, which is opened cold and warm beside the stock server.

  --friends path   the history of two authors (friendsforever.json.gz of github.com/josephg/editing-traces)
  --paper path     the history of one author (automerge-paper.json.gz)
  --only name      friends or paper alone
  --rounds n       restarts of either server, at rest and again after typing; default 7
  --disconnects n  the chance that an author loses the network at an edit; default 0.004
  --kills n        SIGKILLs of the server during the replay; default 2
  --seed n         for the moments of it all; default 1
  --folder path    where the data of the servers of --paper goes
  --strict         exit with 1 when a target is missed`

/** The page's own transport belongs to the client, which the server does not import: a process of its own. */
const friendsScript = fileURLToPath(new URL('../../../e2e/fuzz/history/main.ts', import.meta.url))

/** Runs what the command line asks for; returns the exit code. */
export async function runHistories(args: string[]): Promise<number> {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      friends: text,
      paper: text,
      only: text,
      rounds: { ...text, default: '7' },
      disconnects: { ...text, default: '0.004' },
      kills: { ...text, default: '2' },
      seed: { ...text, default: '1' },
      folder: text,
      strict: { type: 'boolean', default: false },
    },
  })
  if (values.only !== undefined && values.only !== 'friends' && values.only !== 'paper') {
    throw new Error('--only must be friends or paper')
  }
  const wanted = (['friends', 'paper'] as const).filter((name) => values.only === undefined || values.only === name)
  const found = new Map<TraceName, string>()
  for (const name of wanted) {
    const path = findTrace(name, values[name])
    if (path === null) {
      console.error(whereTracesComeFrom(name, values[name]))
      return 1
    }
    found.set(name, path)
  }
  let reached = true
  const friends = found.get('friends')
  if (friends !== undefined) {
    console.log('\nfriends: a history of two authors, each edit when its author had seen what it was made on')
    reached &&= await runFriends([friends, values.seed, values.disconnects, values.kills])
  }
  const paper = found.get('paper')
  if (paper !== undefined) {
    console.log('\npaper: a long history of one author; times from the join to the text in a client')
    const [rounds, seed] = [Number(values.rounds), Number(values.seed)]
    reached = (await runPaper({ path: paper, rounds, folder: values.folder ?? null, seed })) && reached
  }
  return reached || !values.strict ? 0 : 1
}

async function runFriends(args: string[]): Promise<boolean> {
  const child = spawn(process.execPath, [friendsScript, ...args], { stdio: 'inherit' })
  const [code] = await once(child, 'exit')
  return code === 0
}
