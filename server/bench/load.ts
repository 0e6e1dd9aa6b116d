import { monitorEventLoopDelay } from 'node:perf_hooks'
import { must } from '@weft/shared/kit'
import { comeBack, type Return } from './comeBack.ts'
import type { LoadClient } from './loadClient.ts'
import { LoadDocument } from './loadDocument.ts'
import { Measurement } from './measurement.ts'
import { moments } from './moments.ts'
import { Page } from './page.ts'
import { seededRandom } from './randomness.ts'
import { editsPerSecond, movesPerSecond, type Scenario } from './scenarios.ts'
import type { LoopTimes } from './serverProcess.ts'
import type { Target } from './target.ts'

/** What one run of a load on one server came to. */
export interface Result {
  measurement: Measurement
  /** Edits that some reader had not seen 10 s after the last one was sent. */
  missing: number
  unacknowledged: number
  /** Server CPU time over the measured seconds, in ms. */
  cpuMs: number
  seconds: number
  connectSeconds: number
  memory: { before: number; after: number; pss: number }
  /** Of the server while the pages joined, and in the measured seconds. */
  loop: { joining: LoopTimes; measured: LoopTimes }
  /** Null: the server was not restarted. */
  restart: Return | null
  /** Of the load generator itself: share of one core, and how late its timers were (p99, ms). */
  generator: { cpu: number; lag: number }
}

/** Sockets that are joining at the same time. */
const joinsAtOnce = 100
/** y-protocols repeats an awareness state after this long. In ms. */
const awarenessRenewal = 15_000
/** How long the last acknowledgements and deliveries may take. In ms. */
const patience = 10_000

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** Runs one load on a server that has just been started. */
export async function runLoad(scenario: Scenario, target: Target, seed: number): Promise<Result> {
  const measurement = new Measurement()
  const random = seededRandom(seed)
  const pages = makePages(scenario, target, measurement, random)
  const before = target.process.memory.rss
  await target.process.loopTimes()
  const stopRenewals = new AbortController()
  try {
    const start = performance.now()
    await joinAll(pages, scenario.awareness)
    const connectSeconds = (performance.now() - start) / 1000
    const joining = await target.process.loopTimes()
    if (scenario.awareness) renew(pages.made, stopRenewals.signal)

    const writers = pages.made.map(({ client }) => client).filter((client) => client.writer !== null)
    for (const writer of writers) writer.openParagraph()
    await settled(() => writers.every((writer) => writer.waiting === 0))
    await edit(scenario, writers, scenario.warmUp, random)

    measurement.open = true
    const lag = monitorEventLoopDelay({ resolution: 1 })
    lag.enable()
    const ownCpu = process.cpuUsage()
    await target.process.loopTimes()
    const cpu = target.process.cpuMs
    const from = performance.now()
    await edit(scenario, writers, scenario.seconds, random)
    const seconds = (performance.now() - from) / 1000
    const cpuMs = target.process.cpuMs - cpu
    const { user, system } = process.cpuUsage(ownCpu)
    lag.disable()
    measurement.open = false
    const measured = await target.process.loopTimes()

    const expected = measurement.edits * (scenario.clients - 1)
    await settled(() => measurement.deliveries >= expected && writers.every((writer) => writer.waiting === 0), patience)
    target.process.mustLive()
    const { rss, pss } = target.process.memory
    const restart = scenario.restart === null ? null : await comeBack(scenario, target, pages.made, pages.again, seed)
    return {
      measurement,
      missing: expected - measurement.deliveries,
      unacknowledged: writers.reduce((sum, writer) => sum + writer.waiting, 0),
      cpuMs,
      seconds,
      connectSeconds,
      memory: { before, after: rss, pss },
      loop: { joining, measured },
      restart,
      generator: { cpu: (user + system) / 1e6 / seconds, lag: Math.max(0, lag.percentile(99) / 1e6 - 1) },
    }
  } finally {
    stopRenewals.abort()
    for (const page of pages.made) page.socket.leave()
  }
}

interface Pages {
  made: Page[]
  /** Makes the next one; null: all are made. */
  next(): Page | null
  /** The same page with a new socket. */
  again(page: Page): Page
}

function makePages(scenario: Scenario, target: Target, measurement: Measurement, random: () => number): Pages {
  const documents = target.channels.map((channel) => new LoadDocument(channel))
  const made: Page[] = []
  const makings = new Map<number, () => Page>()
  return {
    made,
    next: () => {
      const index = made.length % documents.length
      const document = documents[index]
      const place = Math.floor(made.length / documents.length)
      if (!document || place >= scenario.clients) return null
      const presence = scenario.workspaces === 0 ? null : (target.presence[index] ?? null)
      const clientId = Math.floor(random() * 4_294_967_295) + 1
      const make = () => new Page(target, document, presence, clientId, place < scenario.writers, measurement)
      makings.set(clientId, make)
      const page = make()
      if (scenario.restart === null) page.socket.onFailure((sentence) => measurement.failures.push(sentence))
      made.push(page)
      return page
    },
    again: ({ clientId }) => must(makings.get(clientId), 'how the page was made')(),
  }
}

async function joinAll(pages: Pages, awareness: boolean): Promise<void> {
  const join = async () => {
    for (let page = pages.next(); page !== null; page = pages.next()) await page.join(awareness)
  }
  await Promise.all(Array.from({ length: joinsAtOnce }, join))
}

/** Repeats every page's awareness states in turn, until stopped. */
function renew(pages: readonly Page[], signal: AbortSignal): void {
  const start = performance.now()
  let said = 0
  const timer = setInterval(() => {
    const due = ((performance.now() - start) / awarenessRenewal) * pages.length
    for (; said < due; said++) pages[said % pages.length]?.sayWho()
  }, 20)
  signal.addEventListener('abort', () => clearInterval(timer))
}

/** Types for some seconds: writers at random, moments too, as people who do not know of each other do. */
async function edit(scenario: Scenario, writers: LoadClient[], seconds: number, random: () => number): Promise<void> {
  const start = performance.now()
  const end = start + seconds * 1000
  const one = () => writers[Math.floor(random() * writers.length)]
  const typing = moments(editsPerSecond(scenario), start, end, random)
  const moving = moments(movesPerSecond(scenario), start, end, random)
  for (let now = start; now < end; now = performance.now()) {
    for (let due = typing(now); due > 0; due--) one()?.type('e')
    for (let due = moving(now); due > 0; due--) one()?.moveCaret()
    await sleep(1)
  }
}

async function settled(condition: () => boolean, within = 30_000): Promise<void> {
  for (const deadline = performance.now() + within; !condition() && performance.now() < deadline; ) await sleep(10)
}
