import { installationScope } from '@weft/shared/events'
import type { UserId } from '@weft/shared/kit'
import type { AccountWarning } from '@weft/shared/notifications'
import { sql } from 'kysely'
import type { EventLog } from '../events/index.ts'
import type { Clock } from '../kit/clock.ts'
import type { Log } from '../kit/logger.ts'
import type { Storage } from '../storage/port.ts'

/** On its first day an account is set up on one device after the other: nobody is warned of their own. Milliseconds. */
const settlingIn = 24 * 3_600_000

export interface AccountWarnings {
  /** A session was made. Told if the account is used from no device like it. */
  signedIn(session: { id: string; userId: UserId; userAgent: string | null }): Promise<void>
  /** The person, or somebody in their place, changed how one gets into the account. */
  changed(userId: UserId, what: Exclude<AccountWarning, 'new-sign-in'>): Promise<void>
}

interface Dependencies {
  storage: Storage
  events: Pick<EventLog, 'append'>
  clock: Clock
  log: Log
}

/** Facts about accounts that their people should know. The account library's own tables are outside of [EVENT-1]. */
export function createAccountWarnings({ storage, events, clock, log }: Dependencies): AccountWarnings {
  const isNew = async (userId: UserId): Promise<boolean> => {
    const row = await storage.read.selectFrom('user').where('id', '=', userId).select('createdAt').executeTakeFirst()
    return row === undefined || clock.now() - new Date(String(row.createdAt)).getTime() < settlingIn
  }

  /** The library's own table, which our schema does not describe. */
  const isKnown = async (userId: UserId, sessionId: string, device: string | null): Promise<boolean> => {
    const { rows } = await sql`
      select 1 from session where "userId" = ${userId} and "userAgent" is ${device} and id <> ${sessionId} limit 1
    `.execute(storage.read)
    return rows.length > 0
  }

  /** [LIMIT-3] Nobody is kept from signing in because they could not be warned of it. */
  async function warn(userId: UserId, warning: AccountWarning, due: () => Promise<boolean>) {
    try {
      if (!(await due())) return
      const fact = { type: 'account.warned', userId, warning } as const
      await storage.transaction((tx) => events.append(tx, installationScope, null, fact))
    } catch (error) {
      log.warn({ err: error, userId, warning }, 'a person could not be warned of what happened to their account')
    }
  }

  return {
    signedIn: ({ id, userId, userAgent }) =>
      warn(userId, 'new-sign-in', async () => !(await isNew(userId)) && !(await isKnown(userId, id, userAgent))),
    changed: (userId, what) => warn(userId, what, async () => true),
  }
}
