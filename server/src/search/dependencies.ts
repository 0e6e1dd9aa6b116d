import type { Documents } from '../documents/index.ts'
import type { EventLog } from '../events/index.ts'
import type { Log } from '../kit/logger.ts'
import type { Storage } from '../storage/port.ts'

/** What search needs of the other rooms; `app.ts` puts it together. */
export interface SearchDependencies {
  storage: Storage
  log: Log
  events: Pick<EventLog, 'onEvent'>
  documents: Pick<Documents, 'visibleIn' | 'writeLinks'>
}
