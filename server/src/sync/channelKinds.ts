import { mayEdit, mayView } from '@weft/shared/documents'
import { type UserId, unreachable } from '@weft/shared/kit'
import type { Channel } from '@weft/shared/sync'
import { atLeast } from '@weft/shared/workspaces'
import type { RoomDependencies } from './dependencies.ts'

/** What a person may do in a channel; null: not join, and not learn that it is there [ACCESS-3]. */
export type Access = { mayWrite: boolean } | null

export interface ChannelKind {
  /** Whether text is kept in it: journalled, acknowledged and held until its commit. */
  journalled: boolean
  /** How long changed awareness is collected: null is one turn of the event loop [LIMIT-4]. Milliseconds. */
  awarenessEvery: number | null
}

/** The one table of channel kinds; nothing else decides what may happen in one. */
export const channelKinds: Record<Channel['kind'], ChannelKind> = {
  doc: { journalled: true, awarenessEvery: null },
  presence: { journalled: false, awarenessEvery: 1_000 },
  // Nobody is said to be here: what a client says of itself in one is dropped.
  window: { journalled: false, awarenessEvery: 1_000 },
}

type Policy = Pick<RoomDependencies, 'documentRole' | 'memberRole' | 'windows'>

/** Who may join a channel, and who may write into its text. */
export async function accessTo(channel: Channel, userId: UserId, policy: Policy): Promise<Access> {
  switch (channel.kind) {
    case 'doc': {
      const role = await policy.documentRole(userId, channel.documentId)
      return mayView(role) ? { mayWrite: mayEdit(role) } : null
    }
    case 'presence': {
      const role = await policy.memberRole(userId, channel.workspaceId)
      return role !== null && atLeast(role, 'member') ? { mayWrite: false } : null
    }
    case 'window':
      return (await policy.windows.mayRead(userId, channel)) ? { mayWrite: false } : null
    default:
      return unreachable(channel)
  }
}
