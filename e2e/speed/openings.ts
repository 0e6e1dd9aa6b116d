import type { Page } from '@playwright/test'
import { body } from '../harness/team.ts'
import { type Figure, type Place, percentile, workspacePath } from './place.ts'

const runs = 7

/** From the click on a link of the tree until the text of twenty pages can be typed into. */
export async function openings(place: Place): Promise<Figure[]> {
  const first: number[] = []
  const again: number[] = []
  for (let run = 0; run < runs; run++) {
    const context = await place.owner.openBrowser(place.browser)
    const page = await context.newPage()
    await page.goto(workspacePath(place))
    await page.getByRole('heading', { name: 'Speed' }).waitFor()
    first.push(await open(page, 'Twenty pages'))
    await open(page, 'Short')
    again.push(await open(page, 'Twenty pages'))
    await context.close()
  }
  return [
    {
      what: `from click to a caret in 20 pages, first time, median of ${runs}`,
      value: percentile(first, 0.5),
      unit: 'ms',
      most: 1_000,
    },
    { what: 'the slowest of them', value: Math.max(...first), unit: 'ms' },
    { what: 'the same when it was opened before, median', value: percentile(again, 0.5), unit: 'ms', most: 1_000 },
  ]
}

/** The end is the first frame in which the editor takes keys and shows the document's first and last words. */
async function open(page: Page, name: string): Promise<number> {
  const last = name === 'Short' ? 'One line.' : 'const shuttle'
  const link = page.getByRole('navigation').getByRole('link', { name, exact: true })
  await link.waitFor()
  const opened = page.evaluate(
    ({ name, last }) =>
      new Promise<number>((resolve) => {
        const begin = (event: Event) => {
          const at = event.timeStamp
          const look = () => {
            const text = document.querySelector('.weft-prose[contenteditable="true"][aria-label="Text"]')
            const title = document.querySelector('.weft-title, [aria-label="Title"]')
            const shown = title?.textContent === name && (text?.lastElementChild?.textContent ?? '').includes(last)
            if (shown) setTimeout(() => resolve(performance.now() - at))
            else requestAnimationFrame(look)
          }
          requestAnimationFrame(look)
        }
        addEventListener('click', begin, { capture: true, once: true })
      }),
    { name, last },
  )
  await link.click()
  const took = await opened
  await body(page).waitFor()
  return took
}
