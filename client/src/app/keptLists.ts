import { AccessGrant, Document, RemovedDocument } from '@weft/shared/documents'
import { Member, Workspace } from '@weft/shared/workspaces'
import type { KeptLists } from '../kit/queryCache.ts'
import { KnownName } from '../notifications/index.ts'

/** What people still see without a connection: lists by the first part of their query's key. A new one is added here. */
export const keptLists: KeptLists = {
  workspaces: Workspace,
  members: Member,
  documents: Document,
  trash: RemovedDocument,
  readers: AccessGrant,
  'notification-names': KnownName,
}
