import { NotificationId, randomId, type UserId } from '@weft/shared/kit'
import { actorLimit, isHeardMuted, preferenceFor } from '@weft/shared/notifications'
import type { Insertable } from 'kysely'
import type { Writer } from '../storage/port.ts'
import type { Database } from '../storage/schema.ts'
import type { WindowHandle } from '../sync/index.ts'
import type { Counts } from './counts.ts'
import type { NotificationsDependencies } from './dependencies.ts'
import { countUnread, nextSequences, showChanges } from './inbox.ts'
import type { Notice, Recipient } from './notice.ts'
import { readPreferences } from './preferences.ts'
import type { Queue } from './queue.ts'
import { actorsOf, detailOf, type NotificationRow } from './rows.ts'

/** People told in one transaction: some 10 ms of the writer, between which typing gets through. */
export const tellingBatch = 100

export interface TellingParts {
  handle: WindowHandle
  counts: Counts
  queue: Pick<Queue, 'enqueue'>
}

type NewRow = Insertable<Database['notifications']>

/** Writes facts into inboxes: each once for each person [NOTIFY-1], whoever calls how often. */
export function createTelling({ storage, clock }: NotificationsDependencies, { handle, counts, queue }: TellingParts) {
  /** Those of the people who have not been told of the fact; they have been now. */
  async function claim(tx: Writer, factKey: string, recipients: readonly Recipient[]): Promise<Recipient[]> {
    const claimed = await tx
      .insertInto('notification_facts')
      .values(recipients.map(({ userId }) => ({ user_id: userId, fact_key: factKey, at: clock.now() })))
      .onConflict((row) => row.columns(['user_id', 'fact_key']).doNothing())
      .returning('user_id')
      .execute()
    const fresh = new Set(claimed.map((row) => row.user_id))
    return recipients.filter(({ userId }) => fresh.has(userId))
  }

  async function unmuted(tx: Writer, notice: Notice, recipients: readonly Recipient[]): Promise<readonly Recipient[]> {
    if (notice.documentId === null || isHeardMuted(notice.kind)) return recipients
    const rows = await tx
      .selectFrom('watches')
      .where('document_id', '=', notice.documentId)
      .where('user_id', 'in', ids(recipients))
      .where('state', '=', 'muted')
      .select('user_id')
      .execute()
    const muted = new Set(rows.map((row) => row.user_id))
    return recipients.filter(({ userId }) => !muted.has(userId))
  }

  /** The row of each person in which facts like this one are told, if it has not been put away. */
  async function openRows(tx: Writer, groupKey: string, userIds: readonly UserId[]) {
    const rows = await tx
      .selectFrom('notifications')
      .where('user_id', 'in', userIds)
      .where('group_key', '=', groupKey)
      .where('archived_at', 'is', null)
      .selectAll()
      .orderBy('updated_at')
      .execute()
    return new Map(rows.map((row) => [row.user_id, row]))
  }

  async function write(tx: Writer, notice: Notice, recipients: readonly Recipient[]): Promise<void> {
    const preferencesOf = await readPreferences(tx, ids(recipients))
    const wished = recipients.flatMap((recipient) => {
      const preferences = preferencesOf(recipient.userId)
      const preference = preferenceFor(preferences, notice.kind)
      const wants = preference.page || preference.push || preference.mail !== 'off'
      return wants ? [{ ...recipient, preferences, preference }] : []
    })
    if (wished.length === 0) return
    const userIds = ids(wished)
    const open = await openRows(tx, notice.groupKey, userIds)
    const sequences = await nextSequences(tx, userIds)
    const rows = wished.map(
      ({ userId, reason, preference }) =>
        ({
          ...rowOf(notice, open.get(userId)),
          user_id: userId,
          reason,
          seq: sequences.get(userId) ?? 0,
          unlisted: preference.page ? 0 : 1,
        }) satisfies NewRow,
    )
    await tx
      .insertInto('notifications')
      .values(rows)
      .onConflict((row) =>
        row.column('id').doUpdateSet((eb) => ({
          seq: eb.ref('excluded.seq'),
          level: eb.ref('excluded.level'),
          reason: eb.ref('excluded.reason'),
          actor_ids: eb.ref('excluded.actor_ids'),
          count: eb.ref('excluded.count'),
          detail: eb.ref('excluded.detail'),
          updated_at: eb.ref('excluded.updated_at'),
          read_at: null,
          hidden: 0,
          unlisted: eb.ref('excluded.unlisted'),
        })),
      )
      .execute()
    await countUnread(tx, userIds)
    await showChanges(storage, handle, tx, userIds)
    const listed = rows.filter(({ unlisted }) => unlisted === 0).length
    // What is in an inbox has arrived.
    await counts.add(tx, 'sent', notice.kind, 'page', listed)
    await counts.add(tx, 'delivered', notice.kind, 'page', listed)
    const written = rows.flatMap(({ id, user_id: userId }, at) => {
      const wish = wished[at]
      const isAsleep = (open.get(userId)?.snoozed_until ?? null) !== null
      return wish === undefined ? [] : [{ notificationId: id, isAsleep, ...wish }]
    })
    await queue.enqueue(tx, notice, written)
  }

  return {
    /**
     * Tells some people of a fact, in as many transactions as it takes, those first who would see it now. Done again it
     * goes on where it was cut.
     */
    async tell(notice: Notice, recipients: readonly Recipient[]): Promise<void> {
      const readers = new Set(handle.ids())
      const [now, later] = [true, false].map((is) => recipients.filter(({ userId }) => readers.has(userId) === is))
      const ordered = [...(now ?? []), ...(later ?? [])]
      for (let from = 0; from < ordered.length; from += tellingBatch) {
        const batch = ordered.slice(from, from + tellingBatch)
        await storage.transaction((tx) => this.tellIn(tx, notice, batch))
      }
    },

    /** The same for one batch, in a transaction that is open. Resolves with how many had not been told before. */
    async tellIn(tx: Writer, notice: Notice, recipients: readonly Recipient[]): Promise<number> {
      if (recipients.length === 0) return 0
      const fresh = await claim(tx, notice.factKey, recipients)
      if (fresh.length === 0) return 0
      const heard = await unmuted(tx, notice, fresh)
      if (heard.length > 0) await write(tx, notice, heard)
      return fresh.length
    },
  }
}

export type Telling = ReturnType<typeof createTelling>

const ids = (recipients: readonly { userId: UserId }[]): UserId[] => recipients.map(({ userId }) => userId)

/** A new row, or one that is told anew: what was read stands for the new fact alone. */
function rowOf(notice: Notice, open: NotificationRow | undefined) {
  const unread = open !== undefined && open.read_at === null ? open : undefined
  const actors = [...(notice.actorId === null ? [] : [notice.actorId]), ...(unread ? actorsOf(unread) : [])]
  return {
    id: open?.id ?? NotificationId.parse(randomId()),
    kind: notice.kind,
    level: notice.level,
    group_key: notice.groupKey,
    workspace_id: notice.workspaceId,
    document_id: notice.documentId,
    actor_ids: JSON.stringify([...new Set(actors)].slice(0, actorLimit)),
    count: (unread?.count ?? 0) + 1,
    detail: JSON.stringify(unread ? merged(unread, notice) : notice.detail),
    created_at: open?.created_at ?? notice.at,
    updated_at: Math.max(notice.at, open?.updated_at ?? 0),
    read_at: null,
    snoozed_until: null,
    archived_at: null,
  }
}

/** The last fact's words; of editing, all that came and went. */
function merged(row: NotificationRow, { detail }: Notice): Notice['detail'] {
  const before = detailOf(row)
  if (detail.added === undefined || detail.removed === undefined) return detail
  return { ...detail, added: detail.added + (before.added ?? 0), removed: detail.removed + (before.removed ?? 0) }
}
