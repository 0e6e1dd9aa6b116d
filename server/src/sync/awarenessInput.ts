import type { Person } from '@weft/shared/auth'
import type { Channel, CloseReason } from '@weft/shared/sync'
import { readAwareness } from './awarenessFrames.ts'
import { cleanState } from './awarenessStates.ts'
import { bounds } from './bounds.ts'
import type { ChannelMember } from './channelMember.ts'
import type { RoomDependencies } from './dependencies.ts'
import type { LiveChannel } from './liveChannel.ts'
import type { PresenceState } from './presenceState.ts'

/** A session whose carets come in. */
export interface AwareSession extends ChannelMember {
  readonly channel: Channel
  readonly person: Person | null
  readonly live: LiveChannel | null
  awarenessIds: readonly number[]
  close(reason: CloseReason): void
}

/** Takes the states of a session's own client ids; those of others are ignored, since honest clients echo [IDENT-1]. */
export function receiveAwareness(
  session: AwareSession,
  update: Uint8Array,
  { limits, log }: Pick<RoomDependencies, 'limits' | 'log'>,
  presence: PresenceState,
): void {
  const { live, person, channel } = session
  if (live === null || person === null || channel.kind === 'window') return
  // A frame names one state or a few; an echo of all those present is not ours to pay for.
  if (update.length > limits.awarenessBytes * bounds.awarenessIdsPerSession) {
    session.close('too-large')
    return
  }
  const entries = readAwareness(update)
  if (entries === null) {
    log.warn({ channel: channel.name }, 'a malformed awareness frame was refused')
    session.close('malformed-frame')
    return
  }
  for (const { clientId, state } of entries) {
    if (state === null) {
      live.awareness.remove(session, clientId)
      continue
    }
    if (!mayName(session, live, clientId)) continue
    live.clientIds?.claim(clientId, session.userId)
    if (!session.awarenessIds.includes(clientId)) session.awarenessIds = [...session.awarenessIds, clientId]
    const clean = cleanState(channel.kind, state, person)
    if (channel.kind === 'presence') presence.set(clientId, clean)
    else live.awareness.set(session, clientId, clean)
  }
  live.awarenessChanged()
}

function mayName(session: AwareSession, live: LiveChannel, clientId: number): boolean {
  if (session.awarenessIds.includes(clientId)) return true
  if (session.awarenessIds.length >= bounds.awarenessIdsPerSession) return false
  const other = live.awareness.sessionOf(clientId)
  if (other !== undefined && other.userId !== session.userId) return false
  return live.clientIds === null || live.clientIds.judge(clientId, session.userId) === 'theirs'
}
