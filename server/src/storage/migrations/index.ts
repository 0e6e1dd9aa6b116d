import type { Migration } from 'kysely/migration'
import * as first from './0001-first.ts'
import * as removals from './0002-removals.ts'
import * as documentAccess from './0003-document-access.ts'
import * as activity from './0004-activity.ts'
import * as mentions from './0005-mentions.ts'
import * as notifications from './0006-notifications.ts'
import * as search from './0007-search.ts'
import * as personColors from './0008-person-colors.ts'
import * as files from './0009-files.ts'
import * as tree from './0010-tree.ts'
import * as suspensions from './0011-suspensions.ts'
import * as pictures from './0012-pictures.ts'
import * as invitesByMail from './0013-invites-by-mail.ts'
import * as notificationIndexes from './0014-notification-indexes.ts'
import * as visitors from './0015-visitors.ts'
import * as embedding from './0016-embedding.ts'
import * as sharedLinks from './0017-shared-links.ts'
import * as accountSettings from './0018-account-settings.ts'
import * as accessRequests from './0019-access-requests.ts'

/** In the order of their names, for ever: a released one is never changed. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-first': first,
  '0002-removals': removals,
  '0003-document-access': documentAccess,
  '0004-activity': activity,
  '0005-mentions': mentions,
  '0006-notifications': notifications,
  '0007-search': search,
  '0008-person-colors': personColors,
  '0009-files': files,
  '0010-tree': tree,
  '0011-suspensions': suspensions,
  '0012-pictures': pictures,
  '0013-invites-by-mail': invitesByMail,
  '0014-notification-indexes': notificationIndexes,
  '0015-visitors': visitors,
  '0016-embedding': embedding,
  '0017-shared-links': sharedLinks,
  '0018-account-settings': accountSettings,
  '0019-access-requests': accessRequests,
}
