import type { DocumentId } from '@weft/shared/kit'
import type { DocumentRoom } from './documents/DocumentRoom.ts'
import type { RoomKeeper } from './RoomKeeper.ts'
import type { Clock } from './transport/Clock.ts'
import type { Transport } from './transport/Transport.ts'

/**
 * `stored`: what the server has is on the device. `refused`: it may not be read, and nothing of it is here any more.
 * `unreachable`: to be tried again with a connection. `device-refused`: this device has no room, or takes nothing.
 */
export type Fetched = 'stored' | 'refused' | 'unreachable' | 'device-refused'

/** A large document on a slow line takes a while; one that is not here by then waits for the next round; ms. */
const patience = 60_000

/** Brings a document's text onto the device without showing it. Its room ends at once unless somebody has it open. */
export async function fetchToDevice(
  id: DocumentId,
  rooms: RoomKeeper<DocumentId, DocumentRoom>,
  transport: Transport,
  clock: Clock,
): Promise<Fetched> {
  const letGo = rooms.hold(id)
  try {
    const room = rooms.get(id)
    const arrived = await arrival(room, transport, clock)
    if (arrived !== 'stored') return arrived
    return (await room.stored()) ? 'stored' : 'device-refused'
  } finally {
    letGo()
    await rooms.endUnheld(id)
  }
}

function arrival(room: DocumentRoom, transport: Transport, clock: Clock): Promise<Fetched> {
  return new Promise((resolve) => {
    const done = (how: Fetched) => {
      stop()
      stopConnection()
      cancel()
      resolve(how)
    }
    const look = () => {
      const { synced, closed } = room.state
      if (closed !== null) done(closed === 'access-removed' || closed === 'not-found' ? 'refused' : 'unreachable')
      else if (synced) done('stored')
      else if (transport.connection === 'offline') done('unreachable')
    }
    const stop = room.subscribe(look)
    const stopConnection = transport.subscribe(look)
    const cancel = clock.after(patience, () => done('unreachable'))
    look()
  })
}
