import { activityContract } from '../activity/index.ts'
import { authContract } from '../auth/index.ts'
import { documentsContract } from '../documents/index.ts'
import { embedContract } from '../embed/index.ts'
import { filesContract } from '../files/index.ts'
import { notificationsAdminContract, notificationsContract, pushContract } from '../notifications/index.ts'
import { presenceContract } from '../presence/index.ts'
import { searchContract } from '../search/index.ts'
import { sharedLinksContract } from '../sharedLinks/index.ts'
import { syncContract } from '../sync/index.ts'
import { workspacesContract } from '../workspaces/index.ts'

/** Every command and query, served below `/api/v1`. Commands may carry their id in the header `Idempotency-Key` [EVENT-4]. */
export const apiContract = {
  auth: authContract,
  workspaces: workspacesContract,
  documents: documentsContract,
  files: filesContract,
  embed: embedContract,
  presence: presenceContract,
  activity: activityContract,
  notifications: notificationsContract,
  push: pushContract,
  notificationsAdmin: notificationsAdminContract,
  search: searchContract,
  sharedLinks: sharedLinksContract,
  sync: syncContract,
}
export const commandIdHeader = 'idempotency-key'
/** Whose command it is. One that another account's cookie goes with by now is answered as by nobody signed in. */
export const commandUserHeader = 'weft-user'
