import type { Person } from '@weft/shared/auth'
import type { InviteId, UserId, WorkspaceId } from '@weft/shared/kit'
import type { GiveColor } from '../auth/index.ts'
import type { Clock } from '../kit/clock.ts'
import type { Storage, Writer } from '../storage/port.ts'
import type { Commit, Say } from './commit.ts'

export interface MailedInvitation {
  id: InviteId
  to: string
  /** Names, as they are now. */
  inviter: string
  workspace: string
  url: string
}

export interface WorkspacesDependencies {
  storage: Storage
  clock: Clock
  commit: Commit
  people(userIds: readonly UserId[]): Promise<Map<UserId, Person>>
  /** Gives whoever comes to a workspace a colour by which they can be told from the others. */
  giveColor: GiveColor
  /** Takes away what other rooms hold for a member who goes, in the same transaction. */
  forgetMember(tx: Writer, userId: UserId, workspaceId: WorkspaceId): Promise<void>
  /** Puts all documents of a workspace into the trash, since nobody is left in it. */
  removeDocuments(tx: Writer, workspaceId: WorkspaceId, say: Say): Promise<void>
  /** Null: there is no such account. */
  mailAddress(userId: UserId): Promise<string | null>
  /** Resolves to whether it is on its way; false: this server sends no mails, or could not. */
  mailInvitation(invitation: MailedInvitation): Promise<boolean>
  /** Makes the secrets of invitations. */
  secret: string
  publicUrl: string
}
