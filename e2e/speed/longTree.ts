import type { Page } from '@playwright/test'
import { type Figure, type Place, percentile } from './place.ts'

const documents = 5_000
/** Pixels a second: somebody who looks for something, and a wheel that is spun. */
const speeds = [1_500, 12_000] as const
const seconds = 6
const presses = 60
/** Two frames at 60 Hz: what one sees as a jerk. */
const jerk = 33.4

/** A workspace with a tree of thousands, three levels deep, all of it open. */
async function plant({ owner }: Place): Promise<string> {
  const workspaceId = (await owner.call('POST', '/workspaces', { name: 'Long tree' })).id ?? ''
  const make = async (title: string, parentId: string | null) =>
    (await owner.call('POST', `/workspaces/${workspaceId}/documents`, { title, parentId })).id ?? ''
  const top = await make('Branch', null)
  for (let twig = 0; twig < 9; twig++) {
    const below = await make(`Twig ${twig}`, top)
    for (let leaf = 0; leaf < 10; leaf++) await make(`Leaf ${twig}.${leaf}`, below)
  }
  // Copies are made a hundred at once.
  for (let made = 100; made < documents; made += 100) {
    const title = `Branch ${made / 100}`
    await owner.call('POST', `/documents/${top}/duplicate`, { title, parentId: null, withBelow: true })
  }
  return workspaceId
}

/** Scrolls the tree with the mouse wheel's gesture and returns the times between frames; ms. */
async function framesWhile(page: Page, act: () => Promise<unknown>): Promise<number[]> {
  await page.evaluate(() => {
    const times: number[] = []
    let on = true
    const look = (at: number) => {
      times.push(at)
      if (on) requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
    Object.assign(window, {
      endFrames: () => {
        on = false
        return times
      },
    })
  })
  await act()
  const times = await page.evaluate(() => (window as unknown as { endFrames(): number[] }).endFrames())
  return times.slice(1).map((at, index) => at - (times[index] ?? at))
}

/** Tasks of the page's main thread over 50 ms, from Chromium's own trace. */
async function longTasks(trace: Buffer): Promise<number> {
  const { traceEvents } = JSON.parse(trace.toString()) as {
    traceEvents: { name: string; dur?: number; tid: number; pid: number; args?: { name?: string } }[]
  }
  const main = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  )
  const isLong = ({ name, dur = 0, pid, tid }: (typeof traceEvents)[number]) =>
    name === 'RunTask' && dur > 50_000 && main.has(`${pid} ${tid}`)
  return traceEvents.filter(isLong).length
}

/** How a tree of thousands scrolls, and how it follows the arrow keys. */
export async function longTree(place: Place): Promise<Figure[]> {
  const workspaceId = await plant(place)
  const context = await place.owner.openBrowser(place.browser)
  const page = await context.newPage()
  await page.goto(`/w/${workspaceId}`)
  const items = page.getByRole('treeitem')
  await items.first().waitFor()
  const count = Number(await items.first().getAttribute('aria-setsize'))
  const figures: Figure[] = [{ what: 'branches of the tree, with about 100 documents each', value: count, unit: 'x' }]
  const box = await page.getByRole('tree').boundingBox()
  const at = { x: (box?.x ?? 0) + 60, y: 300 }
  const devtools = await context.newCDPSession(page)
  for (const speed of speeds) {
    await page.getByRole('tree').evaluate((tree) => tree.closest('[data-scroller]')?.scrollTo(0, 0))
    await place.browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline', '__metadata'] })
    const frames = await framesWhile(page, () =>
      devtools.send('Input.synthesizeScrollGesture', {
        ...at,
        yDistance: -speed * seconds,
        speed,
        gestureSourceType: 'mouse',
        preventFling: true,
      }),
    )
    const long = await longTasks(await place.browser.stopTracing())
    const name = `scrolling ${documents} documents at ${speed} px/s`
    figures.push(
      { what: `${name}: time between frames, median of ${frames.length}`, value: percentile(frames, 0.5), unit: 'ms' },
      { what: `${name}: p95`, value: percentile(frames, 0.95), unit: 'ms', most: jerk },
      { what: `${name}: p99`, value: percentile(frames, 0.99), unit: 'ms' },
      { what: `${name}: the longest`, value: Math.max(...frames), unit: 'ms' },
      { what: `${name}: frames later than ${jerk} ms`, value: frames.filter((ms) => ms > jerk).length, unit: 'x' },
      { what: `${name}: tasks over 50 ms (trace)`, value: long, unit: 'x' },
      { what: `${name}: lines in the page then`, value: await items.count(), unit: 'x', most: 120 },
    )
  }
  await page.getByRole('tree').evaluate((tree) => tree.closest('[data-scroller]')?.scrollTo(0, 0))
  await items.first().focus()
  const keys: number[] = []
  for (let press = 0; press < presses; press++) {
    await page.evaluate(() => {
      const shown = new Promise<number>((resolve) => {
        addEventListener(
          'keydown',
          (event) => requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - event.timeStamp))),
          { capture: true, once: true },
        )
      })
      Object.assign(window, { keyShown: () => shown })
    })
    await page.keyboard.press('ArrowDown')
    const took = await page.evaluate(() => (window as unknown as { keyShown(): Promise<number> }).keyShown())
    keys.push(took)
  }
  figures.push(
    {
      what: `an arrow key in it, until the frame that shows it, median of ${presses}`,
      value: percentile(keys, 0.5),
      unit: 'ms',
    },
    { what: 'the same, p95', value: percentile(keys, 0.95), unit: 'ms', most: 50 },
  )
  await context.close()
  return figures
}
