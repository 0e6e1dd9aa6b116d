import { type DocumentRole, lesserRole, mayEdit, mayView } from '@weft/shared/documents'
import { type DocumentId, unreachable } from '@weft/shared/kit'
import type { Channel } from '@weft/shared/sync'
import { atLeast } from '@weft/shared/workspaces'
import type { Principal } from '../auth/index.ts'
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

type Policy = Pick<RoomDependencies, 'documentRole' | 'sourceRole' | 'memberRole' | 'windows'>

/** By a person's own rights or by what lets a visitor in, and never more than the token says. */
async function roleOn(
  documentId: DocumentId,
  { userId, only }: Principal,
  policy: Policy,
): Promise<DocumentRole | null> {
  if (only === null) return policy.documentRole(userId, documentId)
  const { source } = only
  const role =
    source === null ? await policy.documentRole(userId, documentId) : await policy.sourceRole(source, documentId)
  return lesserRole(role, only.role)
}

/** Who may join a channel, and who may write into its text. */
export async function accessTo(channel: Channel, who: Principal, policy: Policy): Promise<Access> {
  const { userId, only } = who
  // [ACCESS-4] A token for one document opens that one, and nothing else that its bearer may open.
  if (only !== null && (channel.kind !== 'doc' || channel.documentId !== only.documentId)) return null
  switch (channel.kind) {
    case 'doc': {
      const role = await roleOn(channel.documentId, who, policy)
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
