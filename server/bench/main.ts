import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isInMemory, measureFsync } from './disk.ts'
import { usage as feedUsage, runFeed } from './feed/main.ts'
import { type Figures, figuresOf, type Pair } from './figures.ts'
import { Histogram } from './histogram.ts'
import { usage as historyUsage, runHistories } from './history/main.ts'
import { runLoad } from './load.ts'
import { usage as notificationsUsage, runNotifications } from './notifications/main.ts'
import { type Options, readOptions, usage } from './options.ts'
import { startPlain } from './plainTarget.ts'
import { report, titleOf } from './report.ts'
import type { Scenario } from './scenarios.ts'
import { runSearch, usage as searchUsage } from './search/main.ts'
import type { TargetName } from './target.ts'
import { judge } from './targets.ts'
import { startWeft } from './weftTarget.ts'

const starters = { plain: startPlain, weft: startWeft }
/** Before and again after each pair: enough for a p99, in about a second on a slow disk. */
const fsyncSamples = 200

async function runOne(name: TargetName, scenario: Scenario, options: Options, pair: number): Promise<Figures> {
  const folder = mkdtempSync(join(options.folder ?? tmpdir(), `weft-bench-${name}-`))
  const { documents } = scenario
  const workspaces = Math.max(1, scenario.workspaces)
  const target = await starters[name]({ documents, workspaces, folder, nodeFlags: options.nodeFlags })
  try {
    const result = await runLoad(scenario, target, options.seed + pair)
    for (const failure of result.measurement.failures.slice(0, 3)) console.log(`  ${name}: ${failure}`)
    return figuresOf(scenario, result)
  } finally {
    await target.dispose()
  }
}

async function runPair(scenario: Scenario, options: Options, index: number): Promise<Pair> {
  const folder = mkdtempSync(join(options.folder ?? tmpdir(), 'weft-bench-disk-'))
  const fsync = new Histogram()
  const run = async (name: TargetName) =>
    options.only === null || options.only === name ? runOne(name, scenario, options, index) : null
  measureFsync(folder, fsyncSamples, fsync)
  const plain = await run('plain')
  const weft = await run('weft')
  measureFsync(folder, fsyncSamples, fsync)
  rmSync(folder, { recursive: true })
  return { plain, weft, fsyncP50: fsync.percentile(0.5), fsyncP99: fsync.percentile(0.99) }
}

const progress = (index: number, pair: Pair): string => {
  const of = (name: TargetName) => {
    const figures = pair[name]
    if (!figures) return ''
    const { deliveryP99, acknowledgementP99, cpuPerDelivery, memory } = figures
    const traffic = Number.isNaN(deliveryP99)
      ? ''
      : `delivery p99 ${deliveryP99.toFixed(2)} ms, acknowledgement p99 ${acknowledgementP99.toFixed(2)} ms, ${cpuPerDelivery.toFixed(2)} µs a delivery, `
    return `\n    ${name}: ${traffic}${memory.toFixed(0)} MB`
  }
  return `  pair ${index + 1}${of('plain')}${of('weft')}`
}

async function main(options: Options): Promise<boolean> {
  if (isInMemory(options.folder ?? tmpdir())) {
    console.log('The data folder lives in memory: acknowledgements cost nothing there. Give a disk with --folder.')
  }
  let allReached = true
  for (const scenario of options.scenarios) {
    console.log(`\n${titleOf(scenario)}`)
    const pairs: Pair[] = []
    for (let index = 0; index < scenario.pairs; index++) {
      const pair = await runPair(scenario, options, index)
      pairs.push(pair)
      console.log(progress(index, pair))
    }
    const verdicts = judge(scenario, pairs)
    allReached &&= verdicts.every((verdict) => verdict.reached)
    console.log(report(scenario, pairs, verdicts))
  }
  return allReached
}

if (process.platform !== 'linux') {
  console.error('pnpm bench reads /proc, so it runs on Linux only.')
  process.exit(1)
}
const args = process.argv.slice(2).filter((arg) => arg !== '--')
/** What is measured in another way than by loads. */
const others: Record<string, { usage: string; run(args: string[]): Promise<number> }> = {
  history: { usage: historyUsage, run: runHistories },
  feed: { usage: feedUsage, run: runFeed },
  notifications: { usage: notificationsUsage, run: runNotifications },
  search: { usage: searchUsage, run: runSearch },
}
const other = others[args[0] ?? '']
if (args.includes('--help')) {
  console.log(other?.usage ?? usage)
  process.exit(0)
}
const complain = (error: unknown): never => {
  console.error(`${error instanceof Error ? error.message : error}\n\n${other?.usage ?? usage}`)
  process.exit(1)
}
if (other !== undefined) process.exit(await other.run(args).catch(complain))
let options: Options
try {
  options = readOptions(args)
} catch (error) {
  options = complain(error)
}
const reached = await main(options)
process.exit(reached || !options.strict ? 0 : 1)
