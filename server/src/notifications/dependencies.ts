import type { Person } from '@weft/shared/auth'
import type { UserId, WorkspaceId } from '@weft/shared/kit'
import type { MemberRole } from '@weft/shared/workspaces'
import type { Documents } from '../documents/index.ts'
import type { EventLog } from '../events/index.ts'
import type { Clock } from '../kit/clock.ts'
import type { Log } from '../kit/logger.ts'
import type { Storage } from '../storage/index.ts'
import type { Sync } from '../sync/index.ts'
import type { Commit } from '../workspaces/index.ts'
import type { MailConfig } from './mailer.ts'

/** What notifications need of the other rooms; `app.ts` puts it together. */
export interface NotificationsDependencies {
  storage: Storage
  clock: Clock
  log: Log
  events: Pick<EventLog, 'consume' | 'append'>
  commit: Commit
  documents: Pick<Documents, 'workspaceOf' | 'rolesOf' | 'viewersOf' | 'roleOf'>
  sync: Pick<Sync, 'registerWindow' | 'isLookingAt' | 'onWorkspaceCounted'>
  people(userIds: readonly UserId[]): Promise<Map<UserId, Person>>
  memberRole(userId: UserId, workspaceId: WorkspaceId): Promise<MemberRole | null>
  ownsInstallation(userId: UserId): Promise<boolean>
  /** Null: there is no such account. */
  mailAddress(userId: UserId): Promise<string | null>
  mail: MailConfig
  /** Without a slash at its end: where links lead. */
  publicUrl: string
  /** Signs what stands in mails. */
  secret: string
  /** What a workspace may take on disk. Bytes. */
  workspaceBytes: number
  /** How long notifications are kept, in days. */
  historyDays: number
}
