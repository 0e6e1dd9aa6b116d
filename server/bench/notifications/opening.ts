import { Histogram } from '../histogram.ts'
import type { Target } from '../target.ts'
import { InboxClient } from './InboxClient.ts'
import type { Reader } from './people.ts'

/** From the join on an open socket to the window in the map, in ms. */
export interface Openings {
  /** The window is built from the tables. */
  first: Histogram
  /** Another page of the person, while the first one is open. */
  second: Histogram
  /** Entries that a window came with. */
  entries: number
}

export async function openInboxes(target: Target, people: readonly Reader[]): Promise<Openings> {
  const openings: Openings = { first: new Histogram(), second: new Histogram(), entries: 0 }
  for (const person of people) {
    const pages = [new InboxClient(target, person), new InboxClient(target, person)]
    await Promise.all(pages.map((page) => page.opened))
    for (const [n, page] of pages.entries()) {
      const start = performance.now()
      await page.join()
      const into = n === 0 ? openings.first : openings.second
      into.record(performance.now() - start)
      openings.entries = page.size
    }
    for (const page of pages) page.leave()
  }
  return openings
}
