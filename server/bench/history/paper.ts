import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Histogram } from '../histogram.ts'
import { startPlain } from '../plainTarget.ts'
import { seededRandom } from '../randomness.ts'
import type { Target, TargetName } from '../target.ts'
import { startWeft } from '../weftTarget.ts'
import { type Opening, openAgain, typeInto } from './opening.ts'
import { type PaperFigures, paperReport } from './paperReport.ts'
import { atRest } from './stored.ts'
import { readTrace, type Trace } from './trace.ts'
import { writeHistory } from './writing.ts'

/** One person writes faster than anybody types: what bounds that is raised, and nothing else. */
const raisedLimits = {
  LIMIT_FRAMES_PER_SECOND: '1000000',
  LIMIT_EDITS_PER_SECOND: '1000000',
  LIMIT_BYTES_PER_SECOND: '1000000000',
}

export interface PaperOptions {
  path: string
  /** How often either server is restarted and opens the document: in turns, and again after the typing. */
  rounds: number
  /** Where the servers' data goes. */
  folder: string | null
  seed: number
}

const keys = 100

interface Run {
  target: Target
  folder: string
  figures: PaperFigures
}

/** A long history of one author, written into both servers, then opened and typed into. Prints; false: a target missed. */
export async function runPaper(options: PaperOptions): Promise<boolean> {
  const history = readTrace(options.path)
  const folder = mkdtempSync(join(options.folder ?? tmpdir(), 'weft-bench-history-'))
  const runs: Run[] = []
  try {
    for (const name of ['plain', 'weft'] as const) runs.push(await written(name, join(folder, name), history))
    await inTurns(options.rounds, runs, async ({ target, figures }) => {
      figures.folded.push(await openAgain(target, history.endContent))
    })
    for (const run of runs) {
      await typeInto(run.target, keys, seededRandom(options.seed), run.figures.typing)
      run.figures.memoryTyped = run.target.process.memory.rss
    }
    await inTurns(options.rounds, runs, async ({ target, figures }) => {
      figures.typed.push(await openAgain(target, history.endContent))
    })
    const { text, reached } = paperReport(
      history.txns.length,
      keys,
      runs.map(({ figures }) => figures),
    )
    console.log(text)
    return reached
  } finally {
    for (const { target } of runs) await target.dispose()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function written(name: TargetName, folder: string, history: Trace): Promise<Run> {
  mkdirSync(folder)
  const start = { plain: startPlain, weft: startWeft }[name]
  const target = await start({ documents: 1, workspaces: 1, folder, nodeFlags: [], env: raisedLimits })
  const before = target.process.bytesWritten
  const seconds = await writeHistory(target, history)
  const bytesTyped = target.process.bytesWritten - before
  const stored = await atRest(name, folder)
  const bytesAtRest = target.process.bytesWritten - before
  console.log(`  ${name}: written in ${seconds.toFixed(0)} s`)
  const openings = { folded: [] as Opening[], typed: [] as Opening[] }
  const figures = {
    name,
    seconds,
    bytesTyped,
    bytesAtRest,
    stored,
    typing: new Histogram(),
    memoryTyped: 0,
    ...openings,
  }
  return { target, folder, figures }
}

/** Plain and Weft take turns, and in who comes first. */
async function inTurns(rounds: number, runs: readonly Run[], work: (run: Run) => Promise<void>): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    for (const run of round % 2 === 0 ? runs : runs.toReversed()) await work(run)
  }
}
