import type { Person } from '@weft/shared/auth'
import type { DocumentId, UserId, WorkspaceId } from '@weft/shared/kit'
import type { MemberRole } from '@weft/shared/workspaces'
import type { Documents } from '../documents/index.ts'
import type { EventLog } from '../events/index.ts'
import type { Clock } from '../kit/clock.ts'
import type { Log } from '../kit/logger.ts'
import type { Storage } from '../storage/port.ts'
import type { WindowHandle, WindowKind } from '../sync/index.ts'

/** What the history needs of the other rooms; `app.ts` puts it together. */
export interface ActivityDependencies {
  storage: Storage
  clock: Clock
  log: Log
  events: Pick<EventLog, 'consume' | 'onEvent'>
  documents: Pick<Documents, 'audiencesOf' | 'isInAudience' | 'rolesOf' | 'list'>
  people(userIds: readonly UserId[]): Promise<Map<UserId, Person>>
  memberRole(userId: UserId, workspaceId: WorkspaceId): Promise<MemberRole | null>
  registerWindow(kind: WindowKind): WindowHandle
}

/** What a person may read of a workspace's history: all of some audiences, or for a guest some documents alone. */
export type Reach =
  | { kind: 'audiences'; audiences: ReadonlySet<string> }
  | { kind: 'documents'; documents: ReadonlySet<DocumentId> }
