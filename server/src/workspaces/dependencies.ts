import type { Person } from '@weft/shared/auth'
import type { UserId, WorkspaceId } from '@weft/shared/kit'
import type { GiveColor } from '../auth/index.ts'
import type { Clock } from '../kit/clock.ts'
import type { Storage, Writer } from '../storage/port.ts'
import type { Commit } from './commit.ts'

export interface WorkspacesDependencies {
  storage: Storage
  clock: Clock
  commit: Commit
  people(userIds: readonly UserId[]): Promise<Map<UserId, Person>>
  /** Gives whoever comes to a workspace a colour by which they can be told from the others. */
  giveColor: GiveColor
  /** Takes away what other rooms hold for a member who goes, in the same transaction. */
  forgetMember(tx: Writer, userId: UserId, workspaceId: WorkspaceId): Promise<void>
  /** Makes the secrets of invitations. */
  secret: string
  publicUrl: string
}
