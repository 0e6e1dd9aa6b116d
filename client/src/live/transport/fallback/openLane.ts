import type { Clock } from '../Clock.ts'
import { Hub } from './Hub.ts'
import { LaneSocket } from './LaneSocket.ts'

/** The hubs of this page, for browsers that share none. */
const ownHubs = new Map<string, Hub>()
/** A worker that could not be started once is not waited for again. */
let workersFail = false

/**
 * Opens a lane over the stream that all pages share which `person` has open in this browser. A SharedWorker holds it, on
 * plain HTTP too, where the six connections to a host are tight (Web Locks, which could choose a page that holds it, are
 * not there). Where there is none (Chrome on Android, Node) a page has its own.
 */
export function openLane(url: string, token: string, person: string, clock: Clock): LaneSocket {
  if (workersFail || !('SharedWorker' in globalThis)) return new LaneSocket(ownPort(person, clock), url, token)
  const worker = new SharedWorker(new URL('./hubWorker.ts', import.meta.url), {
    type: 'module',
    name: `weft-${person}`,
  })
  const lane = new LaneSocket(worker.port, url, token)
  worker.addEventListener('error', () => {
    workersFail = true
    lane.end(1006, '')
  })
  return lane
}

function ownPort(person: string, clock: Clock): MessagePort {
  const hub = ownHubs.get(person) ?? new Hub({ fetch: (address, init) => fetch(address, init), clock })
  ownHubs.set(person, hub)
  const { port1, port2 } = new MessageChannel()
  hub.connect(port2)
  return port1
}
