import type { Page } from './page.ts'
import { seededRandom } from './randomness.ts'
import type { Scenario } from './scenarios.ts'
import type { LoopTimes } from './serverProcess.ts'
import type { Target } from './target.ts'

/** What a restart came to, in seconds from the signal; CPU in % of a core over a second, memory in MB. */
export interface Return {
  /** Until the next process was ready. */
  ready: number
  firstOpened: number
  lastOpened: number
  /** Until the last page was synced again. */
  synced: number
  /** Of the next process, until then. */
  busiestSecond: number
  mostMemory: number
  loop: LoopTimes
}

/** As the client's transport waits (`client/src/live/transport`): told so, spread over 5 s; else backoff with full jitter. */
const told = 4503
const restartSpread = 5_000
const firstCeiling = 500
const lastCeiling = 30_000
/** How long all of it may take. In ms. */
const patience = 120_000

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** Ends the server under its pages, starts it again, and waits until all of them are synced. */
export async function comeBack(
  scenario: Scenario,
  target: Target,
  pages: Page[],
  again: (page: Page) => Page,
  seed: number,
): Promise<Return> {
  const random = seededRandom(seed)
  const signal = scenario.restart ?? 'SIGTERM'
  const start = performance.now()
  const since = () => (performance.now() - start) / 1000
  const opened: number[] = []
  let synced = 0
  let given = false

  const returning = pages.map(async (page, index) => {
    const code = await page.socket.ended
    let ceiling = firstCeiling
    const backoff = () => {
      const wait = random() * ceiling
      ceiling = Math.min(lastCeiling, ceiling * 2)
      return wait
    }
    for (let wait = code === told ? random() * restartSpread : backoff(); !given; wait = backoff()) {
      await sleep(wait)
      const next = again(page)
      pages[index] = next
      try {
        let at = 0
        const opening = next.socket.opened.then(() => {
          at = since()
        })
        await Promise.all([opening, next.join(scenario.awareness)])
        opened.push(at)
        synced++
        return
      } catch {
        next.socket.leave()
      }
    }
  })

  await target.restart(signal)
  const ready = since()
  // A start reads all its code in one turn, before it lets anybody in: that is no page's doing.
  await target.process.loopTimes()
  let busiestSecond = 0
  let mostMemory = 0
  for (let cpu = target.process.cpuMs, at = performance.now(); synced < pages.length; ) {
    await sleep(250)
    mostMemory = Math.max(mostMemory, target.process.memory.rss)
    const now = performance.now()
    if (now - at < 1000 && synced < pages.length) continue
    const used = target.process.cpuMs
    busiestSecond = Math.max(busiestSecond, (100 * (used - cpu)) / (now - at))
    cpu = used
    at = now
    if (now - start > patience) break
  }
  const end = since()
  given = true
  if (synced === pages.length) await Promise.all(returning)
  const loop = await target.process.loopTimes()
  return {
    ready,
    firstOpened: Math.min(...opened),
    lastOpened: Math.max(...opened),
    synced: synced === pages.length ? end : Number.POSITIVE_INFINITY,
    busiestSecond,
    mostMemory,
    loop,
  }
}
