import type { Person } from '@weft/shared/auth'
import type { DocumentRole } from '@weft/shared/documents'
import type { DocumentId, UserId, WorkspaceId } from '@weft/shared/kit'
import type { MemberRole } from '@weft/shared/workspaces'
import type { VerifiedToken, VisitSource } from '../auth/index.ts'
import type { JournalRun } from '../documents/index.ts'
import type { EventLog } from '../events/index.ts'
import type { Clock } from '../kit/clock.ts'
import type { Log } from '../kit/logger.ts'
import type { Storage } from '../storage/port.ts'
import type { SyncLimits } from './bounds.ts'
import type { Journal } from './journal.ts'
import type { Windows } from './windows.ts'
import type { WorkspaceBytes } from './workspaceBytes.ts'

/** What sync needs of the other rooms; `app.ts` puts it together. */
export interface SyncDependencies {
  storage: Storage
  events: Pick<EventLog, 'append' | 'onEvent'>
  log: Log
  clock: Clock
  limits: SyncLimits
  /** Rejects for a token that is expired, forged or for something else. `expiresAt` in milliseconds since 1970. */
  verifySocketToken(token: string): Promise<VerifiedToken>
  person(userId: UserId): Promise<Person>
  /** Null: may not see it, or there is none [ACCESS-3]. */
  documentRole(userId: UserId, documentId: DocumentId): Promise<DocumentRole | null>
  /** What a source gives to those who come by it; null: nothing there, or it has ended [ACCESS-3]. */
  sourceRole(source: VisitSource, documentId: DocumentId): Promise<DocumentRole | null>
  memberRole(userId: UserId, workspaceId: WorkspaceId): Promise<MemberRole | null>
  isVisibleToAllMembers(documentId: DocumentId, workspaceId: WorkspaceId): Promise<boolean>
  /** Called off the edit path, after the commit, with a run for each row, in order. */
  textChanged(documentId: DocumentId, runs: readonly JournalRun[]): void
  /** The first page of a person joined a workspace's presence, or the last one left. */
  presenceChanged(userId: UserId, workspaceId: WorkspaceId, here: boolean): void
  /** Whether pages of this place may open a document of a workspace that it is not the server of. */
  mayEmbedFrom(origin: string, documentId: DocumentId): Promise<boolean>
  /** Of browsers; a client without an Origin is let in, since its token is no cookie. */
  allowedOrigins(): readonly string[]
}

/** What the parts of this room need: the same, the journal, what each workspace takes on disk, and the windows. */
export interface RoomDependencies extends SyncDependencies {
  journal: Journal
  workspaceBytes: WorkspaceBytes
  windows: Windows
}
