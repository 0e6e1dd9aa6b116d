import { type EventFact, installationScope } from '@weft/shared/events'
import type { UserId } from '@weft/shared/kit'
import type { EventLog } from '../events/index.ts'
import type { Log } from '../kit/logger.ts'
import type { Storage } from '../storage/port.ts'

interface Dependencies {
  storage: Storage
  events: Pick<EventLog, 'append'>
  log: Log
}

export interface AccountChanges {
  changed(userId: UserId): Promise<void>
  sessionEnded(userId: UserId, sessionId: string): Promise<void>
}

/** Tells of changed accounts. The account library's own tables are outside of [EVENT-1], so nothing fails for it. */
export function createAccountChanges({ storage, events, log }: Dependencies): AccountChanges {
  async function tell(userId: UserId, fact: EventFact): Promise<void> {
    try {
      await storage.transaction((tx) => events.append(tx, installationScope, userId, fact))
    } catch (error) {
      log.warn({ err: error, userId }, 'a changed account could not be told of')
    }
  }
  return {
    changed: (userId) => tell(userId, { type: 'account.changed', userId }),
    sessionEnded: (userId, sessionId) => tell(userId, { type: 'account.session-ended', userId, sessionId }),
  }
}
