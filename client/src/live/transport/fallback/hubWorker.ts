import { pageClock } from '../Clock.ts'
import { Hub } from './Hub.ts'

/** Of all pages that one person has open in a browser; of one page where workers are not shared. */
const hub = new Hub({ fetch: (url, init) => fetch(url, init), clock: pageClock })

function takePort(event: Event): void {
  const port = event instanceof MessageEvent ? event.ports[0] : undefined
  if (port !== undefined) hub.connect(port)
}

// A shared worker is told of pages by the one, a page's own by the other.
globalThis.addEventListener('connect', takePort)
globalThis.addEventListener('message', takePort)
