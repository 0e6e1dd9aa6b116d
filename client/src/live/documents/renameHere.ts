import type { Clock } from '../transport/Clock.ts'
import type { Transport } from '../transport/Transport.ts'
import type { DocumentRoom } from './DocumentRoom.ts'

/** Whoever renames a document waits no longer than this for the server's text; then the server does it. ms */
const inStepWithin = 3_000

/**
 * Writes the title into the text that is here; false: there is none, or not for this person to change. With a connection
 * only into a text that is in step with the server: a name that is given now replaces the one that is there now.
 */
export async function renameHere(
  room: DocumentRoom,
  title: string,
  transport: Transport,
  clock: Clock,
): Promise<boolean> {
  await room.loading
  if (transport.connection !== 'offline') await inStep(room, transport, clock)
  const { readable, synced, mayWrite, closed } = room.state
  if (!readable || !mayWrite || closed !== null) return false
  if (!synced && transport.connection !== 'offline') return false
  const { setTitle } = await import('@weft/shared/text')
  setTitle(room.doc, title)
  return true
}

function inStep(room: DocumentRoom, transport: Transport, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      for (const stop of stops) stop()
      resolve()
    }
    const look = () => {
      if (room.state.synced || room.state.closed !== null || transport.connection === 'offline') done()
    }
    const stops = [room.subscribe(look), transport.subscribe(look), clock.after(inStepWithin, done)]
    look()
  })
}
