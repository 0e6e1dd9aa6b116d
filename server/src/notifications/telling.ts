import { NotificationId, type UserId } from '@weft/shared/kit'
import {
  actorLimit,
  isHeardMuted,
  type KindPreference,
  type NotificationPreferences,
  preferenceFor,
} from '@weft/shared/notifications'
import { type Expression, type SqlBool, sql } from 'kysely'
import type { Writer } from '../storage/port.ts'
import type { WindowHandle } from '../sync/index.ts'
import type { Counts } from './counts.ts'
import type { NotificationsDependencies } from './dependencies.ts'
import { nextSeq, raiseHeads, showRows } from './inbox.ts'
import { always, jsonIds, jsonRows } from './jsonRows.ts'
import type { Notice, Recipient } from './notice.ts'
import { readPreferences } from './preferences.ts'
import { type Queue, readPushTargets } from './queue.ts'
import { actorsOf, detailOf, type NotificationRow } from './rows.ts'
import { timedId } from './timedId.ts'

/** People told in one transaction: some milliseconds of the writer, between which typing gets through. */
export const tellingBatch = 100

export interface TellingParts {
  handle: WindowHandle
  counts: Counts
  queue: Pick<Queue, 'enqueue'>
}

const factColumns = ['user_id', 'fact_key', 'at'] as const
const rowColumns = [
  'id',
  'user_id',
  'kind',
  'level',
  'reason',
  'group_key',
  'workspace_id',
  'document_id',
  'actor_ids',
  'count',
  'detail',
  'created_at',
  'updated_at',
  'unlisted',
] as const
type NewRow = Pick<NotificationRow, (typeof rowColumns)[number]>

/** A recipient who wants to hear of it, by one way at least. */
interface Heard extends Recipient {
  preferences: NotificationPreferences
  preference: KindPreference
  /** Where pushes go. */
  targets: readonly string[]
}

/** Tells those of them who have not been told before, and resolves with how many these are. */
type Tell = (tx: Writer) => Promise<number>

/**
 * Writes facts into inboxes: each once for each person [NOTIFY-1], whoever calls how often. Nobody's typing is saved while
 * the writer is taken for it: what people wish is looked up before, and what is written takes few statements.
 */
export function createTelling({ storage, clock }: NotificationsDependencies, { handle, counts, queue }: TellingParts) {
  async function heardBy(notice: Notice, recipients: readonly Recipient[]): Promise<Heard[]> {
    const unmuted = await withoutMuted(notice, recipients)
    const userIds = ids(unmuted)
    const preferencesOf = await readPreferences(storage.read, userIds)
    const wished = unmuted.flatMap((recipient) => {
      const preferences = preferencesOf(recipient.userId)
      const preference = preferenceFor(preferences, notice.kind)
      const wants = preference.page || preference.push || preference.mail !== 'off'
      return wants ? [{ ...recipient, preferences, preference }] : []
    })
    const pushed = ids(wished.filter(({ preference }) => preference.push))
    const targets = await readPushTargets(storage.read, pushed)
    return wished.map((one) => ({ ...one, targets: targets.get(one.userId) ?? [] }))
  }

  async function withoutMuted(notice: Notice, recipients: readonly Recipient[]): Promise<readonly Recipient[]> {
    if (notice.documentId === null || isHeardMuted(notice.kind)) return recipients
    const rows = await storage.read
      .selectFrom('watches')
      .where('document_id', '=', notice.documentId)
      .where('user_id', 'in', jsonIds(ids(recipients)))
      .where('state', '=', 'muted')
      .select('user_id')
      .execute()
    const muted = new Set(rows.map((row) => row.user_id))
    return recipients.filter(({ userId }) => !muted.has(userId))
  }

  /** Those of the people who have not been told of the fact; they have been now. Nobody, where `asLongAs` does not hold. */
  async function claim(
    tx: Writer,
    factKey: string,
    recipients: readonly Recipient[],
    asLongAs: Expression<SqlBool>,
  ): Promise<Set<UserId>> {
    const facts = recipients.map(({ userId }) => ({ user_id: userId, fact_key: factKey, at: clock.now() }))
    const claimed = await tx
      .insertInto('notification_facts')
      .columns(factColumns)
      .expression((eb) => eb.selectFrom(jsonRows(facts, factColumns)).select(factColumns).where(asLongAs))
      .onConflict((row) => row.columns(['user_id', 'fact_key']).doNothing())
      .returning('user_id')
      .execute()
    return new Set(claimed.map((row) => row.user_id))
  }

  /** The row of each person in which facts like this one are told, if it has not been put away. */
  async function openRows(tx: Writer, { factKey, groupKey }: Notice, userIds: readonly UserId[]) {
    // A fact that is a group of its own has a row only where it was told before.
    if (factKey === groupKey) return new Map<UserId, NotificationRow>()
    const rows = await tx
      .selectFrom('notifications')
      .where('user_id', 'in', jsonIds(userIds))
      .where('group_key', '=', groupKey)
      .where('archived_at', 'is', null)
      // What is told alone is not in the index of groups.
      .where(sql<boolean>`kind <> 'announcement'`)
      .selectAll()
      .orderBy('updated_at')
      .execute()
    return new Map(rows.map((row) => [row.user_id, row]))
  }

  /** New rows, and those in which it is told anew, with the sequence that their inboxes are raised to next. */
  const writeRows = (tx: Writer, rows: readonly NewRow[]) =>
    tx
      .insertInto('notifications')
      .columns([...rowColumns, 'seq'])
      .expression((eb) =>
        eb
          .selectFrom(jsonRows(rows, rowColumns))
          .select([...rowColumns, nextSeq.as('seq')])
          .where(always),
      )
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
      .returningAll()

  async function write(tx: Writer, notice: Notice, heard: readonly Heard[]): Promise<void> {
    const open = await openRows(tx, notice, ids(heard))
    const now = clock.now()
    const told = heard.map((one) => ({ one, before: open.get(one.userId), row: rowOf(notice, one, open, now) }))
    const newRows = told.map(({ row }) => row)
    const rows = storage.withCommit(tx, writeRows(tx, newRows))
    const heads = storage.withCommit(tx, raiseHeads(tx, ids(heard)))
    storage.afterCommit(tx, () => showRows(handle, heads(), rows()))
    counts.arrived(tx, notice.kind, 'page', newRows.filter(({ unlisted }) => unlisted === 0).length)
    const written = told.map(({ one, before, row }) => ({
      ...one,
      notificationId: row.id,
      isNew: before === undefined,
      isAsleep: (before?.snoozed_until ?? null) !== null,
    }))
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
        const telling = await this.prepare(notice, ordered.slice(from, from + tellingBatch))
        await storage.transaction(telling)
      }
    },

    /** The same for one batch, to be done in a transaction with what else belongs to it, if `asLongAs` still holds then. */
    async prepare(
      notice: Notice,
      recipients: readonly Recipient[],
      asLongAs: Expression<SqlBool> = always,
    ): Promise<Tell> {
      const heard = recipients.length === 0 ? [] : await heardBy(notice, recipients)
      return async (tx) => {
        if (recipients.length === 0) return 0
        const fresh = await claim(tx, notice.factKey, recipients, asLongAs)
        const told = heard.filter(({ userId }) => fresh.has(userId))
        if (told.length > 0) await write(tx, notice, told)
        return fresh.size
      }
    },
  }
}

export type Telling = ReturnType<typeof createTelling>

const ids = (recipients: readonly { userId: UserId }[]): UserId[] => recipients.map(({ userId }) => userId)

/** A new row, or one that is told anew: what was read stands for the new fact alone. */
function rowOf(notice: Notice, heard: Heard, openRows: ReadonlyMap<UserId, NotificationRow>, now: number): NewRow {
  const open = openRows.get(heard.userId)
  const unread = open !== undefined && open.read_at === null ? open : undefined
  const actors = [...(notice.actorId === null ? [] : [notice.actorId]), ...(unread ? actorsOf(unread) : [])]
  return {
    id: open?.id ?? NotificationId.parse(timedId(now)),
    user_id: heard.userId,
    reason: heard.reason,
    unlisted: heard.preference.page ? 0 : 1,
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
  }
}

/** The last fact's words; of editing, all that came and went. */
function merged(row: NotificationRow, { detail }: Notice): Notice['detail'] {
  const before = detailOf(row)
  if (detail.added === undefined || detail.removed === undefined) return detail
  return { ...detail, added: detail.added + (before.added ?? 0), removed: detail.removed + (before.removed ?? 0) }
}
