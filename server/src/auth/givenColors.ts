import { firstColor, freeColor } from '@weft/shared/auth'
import { installationScope } from '@weft/shared/events'
import type { UserId } from '@weft/shared/kit'
import type { EventLog } from '../events/index.ts'
import type { Reader, Writer } from '../storage/port.ts'

/** Whom a person is to be told apart from by their colour. */
export interface Company {
  /** Those of the workspace that the person comes to. */
  here: readonly UserId[]
  /** Those of the other workspaces that the person belongs to. */
  elsewhere: readonly UserId[]
}

export type GiveColor = (tx: Writer, userId: UserId, company: Company) => Promise<void>

/**
 * A person has one colour everywhere. Whoever comes to a workspace keeps theirs if nobody whom they meet has it; else they
 * get one that nobody has, or at least nobody there, while there is one. Those who are there keep theirs.
 */
export function createGiveColor(events: Pick<EventLog, 'append'>): GiveColor {
  return async (tx, userId, { here, elsewhere }) => {
    const colors = await readColors(tx, [userId, ...here, ...elsewhere])
    const own = colors(userId)
    const hereTaken = new Set(here.map(colors))
    const color = freeColor(own, new Set([...hereTaken, ...elsewhere.map(colors)])) ?? freeColor(own, hereTaken) ?? own
    if (color === own) return
    await tx
      .insertInto('person_colors')
      .values({ user_id: userId, color })
      .onConflict((conflict) => conflict.column('user_id').doUpdateSet({ color }))
      .execute()
    await events.append(tx, installationScope, userId, { type: 'account.changed', userId })
  }
}

async function readColors(db: Reader, userIds: readonly UserId[]): Promise<(userId: UserId) => number> {
  const rows = await db.selectFrom('person_colors').where('user_id', 'in', userIds).selectAll().execute()
  const given = new Map(rows.map(({ user_id, color }) => [user_id, color]))
  return (userId) => given.get(userId) ?? firstColor(userId)
}
