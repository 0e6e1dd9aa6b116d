import type { WeftEvent } from '@weft/shared/events'
import type { DocumentId, UserId } from '@weft/shared/kit'
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
    case 'member.suspended':
    case 'member.role-changed':
      return { access: (_, userId) => userId === null || userId === fact.userId, visibility: false }
    case 'member.joined':
    case 'member.reinstated':
      // A member whom a document is not for makes it one that not all may see.
      return { access: (_, userId) => userId === fact.userId, visibility: true }
    case 'document.access-changed': {
      const reached = reachedBy(fact.touched)
      return {
        access: (session, userId) => reached(session) && (userId === null || userId === fact.userId),
        visibility: true,
      }
    }
    case 'document.restriction-changed':
      return { access: reachedBy(fact.touched), visibility: true }
    case 'document.moved':
      // Another place may give more or less than the old one.
      return fact.touched?.length === 0 ? null : { access: reachedBy(fact.touched), visibility: true }
    case 'document.removed':
    case 'document.restored':
    case 'document.archived':
    case 'document.unarchived':
      return {
        access: ({ channel }) => channel.kind === 'doc' && fact.documentIds.includes(channel.documentId),
        visibility: true,
      }
    default:
      // The rest is about no one's rights.
      return null
  }
}

/** Sessions of these documents, and of windows on them; null: of any. */
function reachedBy(touched: readonly DocumentId[] | null): (session: ChannelSession) => boolean {
  const named = touched === null ? null : new Set(touched)
  return ({ channel }) =>
    channel.kind !== 'presence' && (channel.kind !== 'doc' || (named?.has(channel.documentId) ?? true))
}
