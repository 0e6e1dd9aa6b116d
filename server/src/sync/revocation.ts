import type { WeftEvent } from '@weft/shared/events'
import type { UserId } from '@weft/shared/kit'
import type { ChannelSession } from './channelSession.ts'

/** The sessions that a fact may have taken rights from, and pages whose document may have become hidden or visible. */
interface Touched {
  access: (session: ChannelSession, userId: UserId | null) => boolean
  visibility: boolean
}

/**
 * [ACCESS-2] Looks again at the access of every session that an event may touch. The policy decides, not the event;
 * this only finds out whom to ask about, and rather too many than too few.
 */
export function recheckAfter(
  event: WeftEvent,
  sessions: Iterable<readonly [session: ChannelSession, userId: UserId | null]>,
): void {
  const touched = touchedBy(event)
  if (touched === null) return
  for (const [session, userId] of sessions) {
    if (touched.access(session, userId)) void session.recheck()
    else if (touched.visibility && isPresenceOf(session, event.scope)) session.recheckPresence()
  }
}

const isPresenceOf = ({ channel }: ChannelSession, scope: WeftEvent['scope']): boolean =>
  channel.kind === 'presence' && channel.workspaceId === scope

function touchedBy({ fact }: WeftEvent): Touched | null {
  switch (fact.type) {
    case 'member.removed':
    case 'member.role-changed':
      return { access: (_, userId) => userId === null || userId === fact.userId, visibility: false }
    case 'member.joined':
      // A member whom a document is not for makes it one that not all may see.
      return { access: (_, userId) => userId === fact.userId, visibility: true }
    case 'document.access-changed':
      return {
        access: (session, userId) => session.channel.kind === 'doc' && (userId === null || userId === fact.userId),
        visibility: true,
      }
    case 'document.removed':
    case 'document.restored':
      return {
        access: ({ channel }) => channel.kind === 'doc' && fact.documentIds.includes(channel.documentId),
        visibility: true,
      }
    default:
      // Where a document stands gives no access today, and the rest is about no one's rights.
      return null
  }
}
