import { isDeepStrictEqual } from 'node:util'
import type { DocumentId, MentionId, NotificationId, UserId } from '@weft/shared/kit'
import { defaultPreferences, isUnread, type Notification } from '@weft/shared/notifications'
import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { actorsOf, detailOf } from '../src/notifications/rows.ts'
import {
  by,
  type InboxReader,
  type NotificationRoom,
  newId,
  patience,
  readInboxOf,
  startNotificationRoom,
} from './notificationRoom.ts'
import { type Step, step } from './notificationSteps.ts'
import { MentionWriters } from './notificationText.ts'
import { stopAll } from './syncServer.ts'

afterEach(stopAll)

interface Mentioned {
  by: UserId | null
  mentionId: MentionId
}

/** A team with its documents, pages that may be open, and what the test knows of all that from the outside. */
class Team {
  readonly room: NotificationRoom
  readonly people: UserId[]
  readonly places: DocumentId[]
  readonly #readers = new Map<UserId, InboxReader>()
  readonly #writers: MentionWriters
  /** The mentions that were written where who is called could see them, each by its first author. */
  readonly #mentioned: Mentioned[] = []

  constructor(room: NotificationRoom, members: UserId[], documents: DocumentId[]) {
    this.room = room
    this.people = members
    this.places = documents
    this.#writers = new MentionWriters(room)
  }

  who = (n: number): UserId => this.people[n] ?? newId()
  where = (n: number): DocumentId => this.places[n] ?? newId()

  /** All rows of everybody, as the tables have them. */
  rows = () => this.room.server.storage.read.selectFrom('notifications').selectAll().orderBy('id').execute()

  async #pick(userId: UserId, n: number): Promise<NotificationId | null> {
    const rows = (await this.rows()).filter((row) => row.user_id === userId && row.place !== 'nowhere')
    return rows[n % Math.max(1, rows.length)]?.id ?? null
  }

  /** Comes to the log once more, as after a kill that left the position unwritten. */
  async #again(seq: number): Promise<void> {
    const before = await this.rows()
    await this.room.server.storage.transaction((tx) =>
      tx
        .updateTable('consumer_positions')
        .set({ seq: seq - 1 })
        .where('consumer', '=', 'notifications')
        .where('scope', '=', this.room.server.workspaceId)
        .execute(),
    )
    await this.room.restart()
    await this.room.told()
    expect(await this.rows(), '[NOTIFY-1] an event that comes again').toEqual(before)
  }

  /** [NOTIFY-1] A fact changes one row of a person at most: a new one, one more, or one that was read and begins anew. */
  async #fact(happen: () => Promise<number>, again: boolean): Promise<void> {
    const before = new Map((await this.rows()).map((row) => [row.id, row]))
    const seq = await happen()
    const told = (await this.rows()).flatMap((row) => {
      const old = before.get(row.id)
      if (old === undefined || old.count !== row.count || old.actor_ids !== row.actor_ids) return [{ row, old }]
      return old.updated_at !== row.updated_at || old.read_at !== row.read_at ? [{ row, old }] : []
    })
    expect(new Set(told.map(({ row }) => row.user_id)).size).toBe(told.length)
    for (const { row, old } of told) {
      const counted = old === undefined || old.read_at !== null ? 1 : old.count + 1
      expect(row).toMatchObject({ count: counted, read_at: null, archived_at: null })
    }
    if (again) await this.#again(seq)
  }

  /** [NOTIFY-4] Tells whoever is mentioned anew, and nobody of what is moved, copied, cut, put in again or undone. */
  async #write({ act, at, person, place }: Extract<Step, { act: unknown }>): Promise<void> {
    const [authorId, documentId] = [this.who(person), this.where(place)]
    const other = 'other' in act ? this.who(act.other) : undefined
    const from = 'from' in act ? this.where(act.from) : undefined
    const mayHear = other === undefined ? null : await this.#mayHear(other, documentId)
    const before = await this.#mentionRows()
    const fresh = await this.#writers.write({ act, at, authorId, documentId, from, other })
    if (fresh !== null && mayHear !== null) this.#mentioned.push({ by: authorId, mentionId: fresh.mentionId })
    const told = (await this.#mentionRows()).filter((row) => !before.some((old) => isDeepStrictEqual(old, row)))
    const hears = fresh !== null && mayHear === 'yes' && fresh.userId !== authorId
    expect(
      told.map((row) => [row.user_id, actorsOf(row)[0], detailOf(row).mentionId]),
      `[NOTIFY-4] by ${act.kind}`,
    ).toEqual(hears ? [[fresh.userId, authorId, fresh.mentionId]] : [])
    expect(await this.#mentionedEvents(), `[NOTIFY-4] by ${act.kind}`).toEqual(this.#mentioned)
  }

  /** Null: they may not see it, and it is no fact. */
  async #mayHear(userId: UserId, documentId: DocumentId): Promise<'yes' | 'muted' | null> {
    if ((await this.room.documents.roleOf(userId, documentId)) === null) return null
    return (await this.room.notifications.watch(userId, documentId)).state === 'muted' ? 'muted' : 'yes'
  }

  #mentionRows = async () => (await this.rows()).filter(({ kind }) => kind === 'mention')

  /** The facts of the mentions that were written into texts, in their order. */
  async #mentionedEvents(): Promise<Mentioned[]> {
    const written = new Set<string>(this.#writers.mentions.map(({ mentionId }) => mentionId))
    const events = await this.room.server.storage.read
      .selectFrom('events')
      .where('type', '=', 'document.mentioned')
      .select(['actor_id', 'fact'])
      .orderBy('seq')
      .execute()
    return events
      .map(({ actor_id, fact }) => ({ by: actor_id, mentionId: JSON.parse(fact).mentionId }))
      .filter(({ mentionId }) => written.has(mentionId))
  }

  async #share({ person, other, place, given }: Extract<Step, { do: string; given: boolean }>): Promise<void> {
    const [documentId, userId] = [this.where(place), this.who(other)]
    const role = given ? 'view' : null
    await this.room.happen(
      this.who(person),
      { type: 'document.access-changed', documentId, userId, role, touched: [documentId] },
      async (tx) => {
        await tx
          .deleteFrom('document_access')
          .where('user_id', '=', userId)
          .where('document_id', '=', documentId)
          .execute()
        if (role === null) return
        await tx.insertInto('document_access').values({ document_id: documentId, user_id: userId, role }).execute()
      },
    )
  }

  async take(next: Step): Promise<void> {
    const { room } = this
    const { notifications } = room
    if ('act' in next) await this.#write(next)
    else if ('again' in next && 'other' in next) {
      await this.#fact(
        () => room.mention(this.who(next.person), this.where(next.place), this.who(next.other), newId<MentionId>()),
        next.again,
      )
    } else if ('again' in next) {
      await this.#fact(() => room.edit(this.who(next.person), this.where(next.place)), next.again)
    } else if ('given' in next) {
      await this.#fact(async () => {
        await this.#share(next)
        return 0
      }, false)
    } else if ('restricted' in next) {
      const documentId = this.where(next.place)
      const restricted = next.restricted ? 1 : 0
      await room.happen(
        this.who(next.person),
        { type: 'document.restriction-changed', documentId, restricted: next.restricted, touched: [documentId] },
        (tx) =>
          tx
            .updateTable('documents')
            .set({ restricted, audience_id: next.restricted ? documentId : null })
            .where('id', '=', documentId)
            .execute(),
      )
    } else if ('away' in next) {
      const documentId = this.where(next.place)
      await room.happen(
        this.who(next.person),
        { type: next.away ? 'document.removed' : 'document.restored', documentIds: [documentId] },
        (tx) =>
          tx
            .updateTable('documents')
            .set({ removed_at: next.away ? Date.now() + room.server.clock.ahead : null })
            .where('id', '=', documentId)
            .execute(),
      )
    } else if ('page' in next) {
      const chosen = await notifications.preferences(this.who(next.person))
      const kind = { ...defaultPreferences.kinds[next.kind], page: next.page }
      await notifications.changePreferences(by(this.who(next.person)), {
        ...chosen,
        kinds: { ...chosen.kinds, [next.kind]: kind },
      })
    } else if ('state' in next) {
      const [userId, documentId] = [this.who(next.person), this.where(next.place)]
      if ((await room.server.documents.roleOf(userId, documentId)) === null) return
      await notifications.setWatch(by(userId), documentId, next.state)
    } else if ('upTo' in next) {
      await notifications.markAll(by(this.who(next.person)), next.upTo)
    } else if ('which' in next) {
      await this.#own(next)
    } else if ('hours' in next) {
      room.server.clock.ahead += next.hours * 3_600_000
      // What was written until then is told now, and not in the middle of a later step.
      await room.documents.settle()
      await room.told()
      await notifications.settle()
    } else if ('person' in next) {
      const userId = this.who(next.person)
      await this.#readers.get(userId)?.leave()
      this.#readers.set(userId, await readInboxOf(room.server, userId))
    } else await room.restart()
  }

  async #own(next: Extract<Step, { which: number }>): Promise<void> {
    const userId = this.who(next.person)
    const id = await this.#pick(userId, next.which)
    if (id === null) return
    const { notifications, server } = this.room
    if ('read' in next) await notifications.mark(by(userId), [id], next.read)
    else if ('archived' in next) await notifications.archive(by(userId), [id], next.archived)
    else
      await notifications.snooze(by(userId), id, Date.now() + server.clock.ahead + next.hours * 3_600_000).catch(gone)
  }

  async check(): Promise<void> {
    for (const userId of this.people) {
      const shown: Notification[] = []
      for (const view of ['inbox', 'snoozed', 'archived'] as const) {
        const list = await this.room.notifications.list(userId, { view, limit: 200 })
        shown.push(...list.notifications)
        if (view !== 'inbox') continue
        expect(list.unread, '[NOTIFY-2]').toBe(list.notifications.filter(isUnread).length)
        await this.#sees(userId, list)
      }
      for (const { documentId, actorIds } of shown) {
        expect(actorIds, '[NOTIFY-3] own acts').not.toContain(userId)
        const role = documentId === null ? null : await this.room.server.documents.roleOf(userId, documentId)
        expect(role, '[NOTIFY-3] what they may not see').not.toBeNull()
      }
    }
  }

  /** [NOTIFY-2] A page that is open shows what the tables have, and counts the same. */
  async #sees(userId: UserId, list: { notifications: Notification[]; seq: number; unread: number }): Promise<void> {
    const reader = this.#readers.get(userId)
    if (reader === undefined) return
    await expect.poll(reader.meta, patience).toEqual({ seq: list.seq, unread: list.unread })
    const byId = (rows: Notification[]) => rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))
    expect(byId(reader.rows())).toEqual(byId(list.notifications))
  }
}

const gone = (error: unknown) => expect(error).toMatchObject({ id: 'not-found' })

const seed = process.env.NOTIFY_SEED === undefined ? 20_261_121 : Number(process.env.NOTIFY_SEED)
const numRuns = Number(process.env.NOTIFY_RUNS ?? 12)

test(`[NOTIFY-1] [NOTIFY-2] [NOTIFY-3] [NOTIFY-4] hold over random facts, texts, wishes, reads, snoozes, kills and reconnects (NOTIFY_SEED=${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
      const room = await startNotificationRoom()
      try {
        const [admin, member, guest] = [
          await room.server.member('admin'),
          await room.server.member(),
          await room.server.member('guest'),
        ]
        const team = new Team(
          room,
          [admin, member, guest],
          [await room.server.document(), await room.server.document()],
        )
        for (const next of steps) {
          await team.take(next)
          await team.check()
        }
      } finally {
        await stopAll()
      }
    }),
    { seed, numRuns, endOnFailure: process.env.NOTIFY_SHRINK === undefined },
  )
}, 240_000)
