import type { Page } from '@playwright/test'
import { body } from '../harness/team.ts'
import { MovingCarets } from './MovingCarets.ts'
import { type Figure, type Place, percentile } from './place.ts'

const carets = 50
const keys = 200
/** 60 Hz. */
const frame = 1_000 / 60

interface Key {
  /** From the key to the end of its first frame. */
  screen: number
  /** Of the main thread, for handling the key and for its frame: without the wait for the frame to begin. */
  work: number
}

/** Typing into twenty pages while the carets of fifty others move five times a second on the part one sees. */
export async function keyToScreen(place: Place): Promise<Figure[]> {
  const context = await place.owner.openBrowser(place.browser)
  const page = await context.newPage()
  await page.goto(`/w/${place.workspaceId}/d/${place.longId}`)
  await body(page).waitFor()
  const alone = await type(page)
  const others = await MovingCarets.join(place, carets)
  try {
    await page.waitForFunction((count) => document.querySelectorAll('.weft-caret').length >= count, carets)
    others.move()
    const crowded = await type(page)
    const drawn = crowded.filter(({ work }) => work <= frame).length / crowded.length
    const screens = crowded.map(({ screen }) => screen)
    const works = crowded.map(({ work }) => work)
    const aloneScreens = alone.map(({ screen }) => screen)
    return [
      { what: 'from key to screen alone, median', value: percentile(aloneScreens, 0.5), unit: 'ms' },
      { what: `with ${carets} carets moving, median`, value: percentile(screens, 0.5), unit: 'ms' },
      { what: 'p95', value: percentile(screens, 0.95), unit: 'ms' },
      {
        what: 'work of the main thread for a key and its frame, p95',
        value: percentile(works, 0.95),
        unit: 'ms',
        most: frame,
      },
      { what: 'of keys drawn within one frame’s time', value: drawn * 100, unit: '%' },
    ]
  } finally {
    others.leave()
    await context.close()
  }
}

async function type(page: Page): Promise<Key[]> {
  await body(page)
    .getByText(/^Page 1x*$/)
    .click()
  await page.keyboard.press('End')
  await page.evaluate(() => {
    const seen: { screen: number; work: number }[] = []
    const page = window as unknown as { stopSeeing?: () => void }
    page.stopSeeing?.()
    const watch = new AbortController()
    Object.assign(page, { seenKeys: seen, stopSeeing: () => watch.abort() })
    addEventListener(
      'keydown',
      ({ timeStamp }) => {
        const begun = performance.now()
        let handled = begun
        // The editor has done with a key when the task that brought it ends.
        addEventListener('input', () => queueMicrotask(() => (handled = performance.now())), { once: true })
        requestAnimationFrame(() => {
          const frameBegun = performance.now()
          const { port1, port2 } = new MessageChannel()
          // Handed over after layout and paint of this frame.
          port1.onmessage = () => {
            const now = performance.now()
            seen.push({ screen: now - timeStamp, work: handled - begun + (now - frameBegun) })
          }
          port2.postMessage(null)
        })
      },
      { capture: true, signal: watch.signal },
    )
  })
  await page.keyboard.type('x'.repeat(keys), { delay: 40 })
  await page.waitForFunction((count) => (window as unknown as { seenKeys: unknown[] }).seenKeys.length >= count, keys)
  return page.evaluate(() => (window as unknown as { seenKeys: { screen: number; work: number }[] }).seenKeys)
}
