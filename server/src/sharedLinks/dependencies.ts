import type { IncomingMessage } from 'node:http'
import type { Account } from '@weft/shared/auth'
import type { UserId, WorkspaceId } from '@weft/shared/kit'
import type { MemberRole } from '@weft/shared/workspaces'
import type { Documents } from '../documents/index.ts'
import type { Files } from '../files/index.ts'
import type { Clock } from '../kit/clock.ts'
import type { Log } from '../kit/logger.ts'
import type { Storage } from '../storage/port.ts'
import type { Commit } from '../workspaces/index.ts'

/** What shared links need of the other rooms; `app.ts` puts it together. */
export interface SharedLinksDependencies {
  storage: Storage
  clock: Clock
  log: Log
  commit: Commit
  documents: Pick<Documents, 'roleOf' | 'page'>
  files: Pick<Files, 'shownIn' | 'read' | 'previews'>
  memberRole(userId: UserId, workspaceId: WorkspaceId): Promise<MemberRole | null>
  /** Whose session a request carries. */
  session(request: IncomingMessage): Promise<Account | null>
  /** Makes the secrets of links. */
  secret: string
  /** Without a slash at its end. */
  publicUrl: string
}
