import type { UserId } from '@weft/shared/kit'
import type { Selectable } from 'kysely'
import type { Reader, Writer } from '../storage/port.ts'
import type { Database } from '../storage/schema.ts'

export type Delivery = Selectable<Database['deliveries']>

/** First and longest pause before another try, in ms: half a minute, six hours. */
const firstPause = 30_000
const longestPause = 6 * 3_600_000
/** Tries before it goes onto the list of the dead: some ten hours. */
export const mostAttempts = 10

export async function readNextDue(db: Reader): Promise<number | null> {
  const row = await db
    .selectFrom('deliveries')
    .where('state', '=', 'waiting')
    .orderBy('due_at')
    .select('due_at')
    .limit(1)
    .executeTakeFirst()
  return row?.due_at ?? null
}

export const readDue = (db: Reader, now: number, limit: number): Promise<Delivery[]> =>
  db
    .selectFrom('deliveries')
    .where('state', '=', 'waiting')
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .orderBy('id')
    .selectAll()
    .limit(limit)
    .execute()

/** All that goes into one digest. */
export const readDigest = (db: Reader, userId: UserId, now: number, limit: number): Promise<Delivery[]> =>
  db
    .selectFrom('deliveries')
    .where('user_id', '=', userId)
    .where('state', '=', 'waiting')
    .where('due_at', '<=', now)
    .where('mode', '=', 'digest')
    .orderBy('created_at')
    .selectAll()
    .limit(limit)
    .execute()

export const end = (
  tx: Writer,
  ids: readonly string[],
  state: 'sent' | 'dropped' | 'dead',
  at: number,
  error?: string,
) =>
  tx
    .updateTable('deliveries')
    .where('id', 'in', ids)
    .where('state', '=', 'waiting')
    .set({ state, ended_at: at, error: error ?? null })
    .execute()

export const postpone = (tx: Writer, ids: readonly string[], until: number) =>
  tx.updateTable('deliveries').where('id', 'in', ids).where('state', '=', 'waiting').set({ due_at: until }).execute()

/** Notes a try that failed; true: it was the last one. */
export async function fail(
  tx: Writer,
  deliveries: readonly Delivery[],
  error: string,
  { now, isFinal }: { now: number; isFinal: boolean },
): Promise<boolean> {
  const ids = deliveries.map(({ id }) => id)
  const attempts = Math.max(0, ...deliveries.map((delivery) => delivery.attempts)) + 1
  const isDead = isFinal || attempts >= mostAttempts
  await tx
    .updateTable('deliveries')
    .where('id', 'in', ids)
    .where('state', '=', 'waiting')
    .set({
      attempts,
      error: error.slice(0, 500),
      due_at: now + Math.min(firstPause * 2 ** (attempts - 1), longestPause),
      ...(isDead ? { state: 'dead', ended_at: now } : {}),
    })
    .execute()
  return isDead
}
