import { installationScope } from '@weft/shared/events'
import type { UserId } from '@weft/shared/kit'
import type { EventLog } from '../events/index.ts'
import type { Log } from '../kit/logger.ts'
import type { Storage } from '../storage/port.ts'

interface Dependencies {
  storage: Storage
  events: Pick<EventLog, 'append'>
  log: Log
}

export type AccountChanged = (userId: UserId) => Promise<void>

/** Tells of changed accounts. The account library's own tables are outside of [EVENT-1], so nothing fails for it. */
export function createAccountChanges({ storage, events, log }: Dependencies): AccountChanged {
  return async (userId) => {
    try {
      const fact = { type: 'account.changed', userId } as const
      await storage.transaction((tx) => events.append(tx, installationScope, userId, fact))
    } catch (error) {
      log.warn({ err: error, userId }, 'a changed account could not be told of')
    }
  }
}
