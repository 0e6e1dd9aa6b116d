import type { DocumentId } from '@weft/shared/kit'
import type { DocumentRoom } from './documents/DocumentRoom.ts'
import type { RoomKeeper } from './RoomKeeper.ts'
import type { Clock } from './transport/Clock.ts'
import type { Transport } from './transport/Transport.ts'

/** As many at once as do not hold up what the person has open (design: a cold start offline). */
const atOnce = 4
/** One that is not saved by then waits for the next round; ms. */
const patience = 30_000

/** Opens each document until its text is saved, refused, or the network is gone again. */
export async function syncUnsent(
  ids: readonly DocumentId[],
  rooms: RoomKeeper<DocumentId, DocumentRoom>,
  transport: Transport,
  clock: Clock,
): Promise<void> {
  const queue = [...ids]
  const worker = async () => {
    for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
      if (transport.connection !== 'online') return
      const open = rooms.find(id)
      const letGo = rooms.hold(id)
      const room = rooms.get(id)
      // An open one may lack what another tab wrote before it was closed.
      if (open !== undefined) await room.takeInFromDevice()
      await settled(room, transport, clock)
      letGo()
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

function settled(room: DocumentRoom, transport: Transport, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      stop()
      stopConnection()
      cancel()
      resolve()
    }
    const look = () => {
      const { save, closed } = room.state
      if (save.word === 'saved' || closed !== null || transport.connection !== 'online') done()
    }
    const stop = room.subscribe(look)
    const stopConnection = transport.subscribe(look)
    const cancel = clock.after(patience, done)
    look()
  })
}
