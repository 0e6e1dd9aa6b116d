import { monitorEventLoopDelay } from 'node:perf_hooks'
import { LoadClient } from './loadClient.ts'
import { LoadDocument } from './loadDocument.ts'
import { Measurement } from './measurement.ts'
import { seededRandom } from './randomness.ts'
import { editsPerSecond, type Scenario } from './scenarios.ts'
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
  const clients = makeClients(scenario, target, measurement, random)
  const before = target.process.memory.rss
  const stopRenewals = new AbortController()
  try {
    const start = performance.now()
    await joinAll(clients, scenario.awareness)
    const connectSeconds = (performance.now() - start) / 1000
    if (scenario.awareness) renew(clients.made, stopRenewals.signal)

    const writers = clients.made.filter((client) => client.writer !== null)
    for (const writer of writers) writer.openParagraph()
    await settled(() => writers.every((writer) => writer.waiting === 0))
    await edit(scenario, writers, scenario.warmUp, random)

    measurement.open = true
    const lag = monitorEventLoopDelay({ resolution: 1 })
    lag.enable()
    const ownCpu = process.cpuUsage()
    const cpu = target.process.cpuMs
    const from = performance.now()
    await edit(scenario, writers, scenario.seconds, random)
    const seconds = (performance.now() - from) / 1000
    const cpuMs = target.process.cpuMs - cpu
    const { user, system } = process.cpuUsage(ownCpu)
    lag.disable()
    measurement.open = false

    const expected = measurement.edits * (scenario.clients - 1)
    await settled(() => measurement.deliveries >= expected && writers.every((writer) => writer.waiting === 0), patience)
    target.process.mustLive()
    const { rss, pss } = target.process.memory
    return {
      measurement,
      missing: expected - measurement.deliveries,
      unacknowledged: writers.reduce((sum, writer) => sum + writer.waiting, 0),
      cpuMs,
      seconds,
      connectSeconds,
      memory: { before, after: rss, pss },
      generator: { cpu: (user + system) / 1e6 / seconds, lag: Math.max(0, lag.percentile(99) / 1e6 - 1) },
    }
  } finally {
    stopRenewals.abort()
    for (const client of clients.made) client.leave()
  }
}

interface Clients {
  made: LoadClient[]
  /** Makes the next one; null: all are made. */
  next(): LoadClient | null
}

function makeClients(scenario: Scenario, target: Target, measurement: Measurement, random: () => number): Clients {
  const documents = target.channels.map((channel) => new LoadDocument(channel))
  const made: LoadClient[] = []
  return {
    made,
    next: () => {
      const document = documents[made.length % documents.length]
      const place = Math.floor(made.length / documents.length)
      if (!document || place >= scenario.clients) return null
      const clientId = Math.floor(random() * 4_294_967_295) + 1
      const client = new LoadClient(target, document, clientId, place < scenario.writers, measurement)
      made.push(client)
      return client
    },
  }
}

async function joinAll(clients: Clients, awareness: boolean): Promise<void> {
  const join = async () => {
    for (let client = clients.next(); client !== null; client = clients.next()) await client.join(awareness)
  }
  await Promise.all(Array.from({ length: joinsAtOnce }, join))
}

/** Repeats every client's awareness state in turn, until stopped. */
function renew(clients: readonly LoadClient[], signal: AbortSignal): void {
  const start = performance.now()
  let said = 0
  const timer = setInterval(() => {
    const due = ((performance.now() - start) / awarenessRenewal) * clients.length
    for (; said < due; said++) clients[said % clients.length]?.sayWho()
  }, 20)
  signal.addEventListener('abort', () => clearInterval(timer))
}

/** Types for some seconds: writers at random, moments too, as people who do not know of each other do. */
async function edit(scenario: Scenario, writers: LoadClient[], seconds: number, random: () => number): Promise<void> {
  const start = performance.now()
  const end = start + seconds * 1000
  const rate = editsPerSecond(scenario)
  const gap = () => (rate === 0 ? Number.POSITIVE_INFINITY : (-Math.log(1 - random()) / rate) * 1000)
  let due = start + gap()
  for (let now = start; now < end; now = performance.now()) {
    for (; due <= now && due < end; due += gap()) writers[Math.floor(random() * writers.length)]?.type('e')
    await sleep(1)
  }
}

async function settled(condition: () => boolean, within = 30_000): Promise<void> {
  for (const deadline = performance.now() + within; !condition() && performance.now() < deadline; ) await sleep(10)
}
