import { installationScope } from '@weft/shared/events'
import { AnnouncementId, randomId, type UserId, WeftError, type WorkspaceId } from '@weft/shared/kit'
import { type Announcement, Audience, type WriteAnnouncement } from '@weft/shared/notifications'
import { atLeast } from '@weft/shared/workspaces'
import { type Expression, expressionBuilder, type Selectable, type SqlBool } from 'kysely'
import type { z } from 'zod'
import type { Reader } from '../storage/port.ts'
import type { Database } from '../storage/schema.ts'
import type { WindowHandle } from '../sync/index.ts'
import { type Actor, noWorkspace, requireRole } from '../workspaces/index.ts'
import { DueTimer } from './DueTimer.ts'
import type { NotificationsDependencies } from './dependencies.ts'
import { jsonIds } from './jsonRows.ts'
import type { Notice } from './notice.ts'
import { notPermitted } from './policy.ts'
import { type Telling, tellingBatch } from './telling.ts'

interface Reach {
  some: readonly UserId[] | undefined
  after: UserId
}

type Row = Selectable<Database['announcements']>

/** Between two batches of people who are away, at most; in ms. */
const longestPause = 50

/**
 * People who are told together while they look, and the pause before the next of them, in ms: a thousand in less than
 * half a second, and an edit that comes meanwhile waits for one of these and not for all. Without the pause, edits took
 * twice as long (p99 48 instead of 26 ms), and the thousand no less.
 */
const readersAtOnce = 50
const readersPause = 6
/** What of the text stands in each inbox; the rest is read with the announcement itself. Characters. */
const excerpt = 500

const toAnnouncement = (row: Row): Announcement => ({
  id: row.id,
  title: row.title,
  text: row.text,
  level: row.level,
  audience: Audience.parse({
    workspaceId: row.workspace_id,
    roles: row.roles === null ? null : JSON.parse(row.roles),
  }),
  createdBy: row.created_by,
  createdAt: row.created_at,
  dueAt: row.due_at,
  state: row.state,
  recipients: row.recipients,
})

const goingOut = ['scheduled', 'sending'] as const
const isGoingOut = ({ state }: Row): boolean => goingOut.some((one) => one === state)

/** When it is cancelled while a batch is made ready, nobody of the batch is told. */
const isStillGoingOut = (id: AnnouncementId): Expression<SqlBool> => {
  const { exists, selectFrom } = expressionBuilder<Database, never>()
  return exists(selectFrom('announcements').select('id').where('id', '=', id).where('state', 'in', goingOut))
}

const noAnnouncement = (): WeftError => new WeftError('not-found', 'There is no such announcement.')

/**
 * What administrators tell many at once. It goes out some hundred people at a time, in the order of their ids; how far
 * it has come is written with what they were told, so that a process that is killed leaves nobody out, and tells nobody
 * twice [NOTIFY-1].
 */
export function createAnnouncements(
  deps: NotificationsDependencies,
  telling: Telling,
  handle: Pick<WindowHandle, 'ids'>,
) {
  const { storage, clock, log, commit, ownsInstallation } = deps

  /** Owners of the installation tell whom they like, admins of a workspace those who belong to it. */
  async function requireAdmin(userId: UserId, workspaceId: WorkspaceId | null): Promise<void> {
    const owns = await ownsInstallation(userId)
    if (workspaceId === null) {
      if (!owns) throw notPermitted()
    } else if (!owns) await requireRole(storage.read, userId, workspaceId, (role) => atLeast(role, 'admin'))
    else if (!(await isThere(workspaceId))) throw noWorkspace()
  }

  const isThere = async (workspaceId: WorkspaceId): Promise<boolean> =>
    (await storage.read.selectFrom('workspaces').select('id').where('id', '=', workspaceId).executeTakeFirst()) !==
    undefined

  const read = (db: Reader, id: AnnouncementId): Promise<Row | undefined> =>
    db.selectFrom('announcements').where('id', '=', id).selectAll().executeTakeFirst()

  /** Those it is for, of `some` or of all behind `after`, in the order of their ids. */
  async function audienceOf(db: Reader, row: Row, { some, after }: Reach): Promise<UserId[]> {
    const { roles, workspaceId } = toAnnouncement(row).audience
    // Whoever has an account, in a workspace or not.
    if (workspaceId === null && roles === null) {
      const all = await db
        .selectFrom('user')
        .$if(some !== undefined, (query) => query.where('id', 'in', jsonIds(some ?? [])))
        .where('id', '>', after)
        .orderBy('id')
        .select('id')
        .limit(tellingBatch)
        .execute()
      return all.map(({ id }) => id)
    }
    const members = await db
      .selectFrom('members')
      .$if(workspaceId !== null, (query) => query.where('workspace_id', '=', workspaceId as WorkspaceId))
      .$if(roles !== null, (query) => query.where('role', 'in', roles ?? []))
      .$if(some !== undefined, (query) => query.where('user_id', 'in', jsonIds(some ?? [])))
      .where('user_id', '>', after)
      .orderBy('user_id')
      .select('user_id')
      .distinct()
      .limit(tellingBatch)
      .execute()
    return members.map((member) => member.user_id)
  }

  /** Tells some, or the next ones; false: there are no more, or it was cancelled. */
  async function tellSome(id: AnnouncementId, some?: readonly UserId[]): Promise<boolean> {
    const row = await read(storage.read, id)
    if (row === undefined || !isGoingOut(row)) return false
    const after = (some === undefined ? row.told_up_to : '') as UserId
    const userIds = await audienceOf(storage.read, row, { some, after })
    const last = some === undefined ? userIds.at(-1) : (row.told_up_to as UserId)
    const recipients = userIds
      .filter((userId) => userId !== row.created_by)
      .map((userId) => ({ userId, reason: 'announced' as const }))
    const tell = await telling.prepare(noticeOf(row, clock.now()), recipients, isStillGoingOut(id))
    await storage.transaction(async (tx) => {
      const told = await tell(tx)
      const noted = tx
        .updateTable('announcements')
        .where('id', '=', id)
        .where('state', 'in', goingOut)
        .set((eb) => ({
          state: last === undefined ? 'sent' : 'sending',
          told_up_to: last ?? row.told_up_to,
          recipients: eb('recipients', '+', told),
        }))
      storage.withCommit(tx, noted)
    })
    return last !== undefined
  }

  /** Those first who would see it now; then everybody, of whom those have been told already. */
  async function goOut(id: AnnouncementId): Promise<void> {
    // Neighbours together: their rows lie beside each other.
    const readers = handle.ids().sort() as UserId[]
    for (let from = 0; from < readers.length; from += readersAtOnce) {
      if (timer.isStopped || !(await tellSome(id, readers.slice(from, from + readersAtOnce)))) return
      await new Promise((resolve) => setTimeout(resolve, readersPause))
    }
    while (!timer.isStopped) {
      const start = performance.now()
      if (!(await tellSome(id))) return
      // Nobody waits for it: whoever types has the writer for as long as this had it.
      await new Promise((resolve) => setTimeout(resolve, Math.min(performance.now() - start, longestPause)))
    }
  }

  const waiting = () => storage.read.selectFrom('announcements').where('state', 'in', goingOut)

  const timer = new DueTimer({
    what: 'announcements',
    clock,
    log,
    next: async () => (await waiting().orderBy('due_at').select('due_at').limit(1).executeTakeFirst())?.due_at ?? null,
    async run() {
      const due = await waiting().where('due_at', '<=', clock.now()).orderBy('due_at').select('id').execute()
      for (const { id } of due) await goOut(id)
    },
  })

  return {
    timer,

    async list(by: UserId, workspaceId?: WorkspaceId): Promise<Announcement[]> {
      await requireAdmin(by, workspaceId ?? null)
      const rows = await storage.read
        .selectFrom('announcements')
        .$if(workspaceId !== undefined, (query) => query.where('workspace_id', '=', workspaceId as WorkspaceId))
        .selectAll()
        .orderBy('created_at', 'desc')
        .limit(200)
        .execute()
      return rows.map(toAnnouncement)
    },

    announce: (by: Actor, said: z.output<typeof WriteAnnouncement>): Promise<Announcement> =>
      commit.unlessDone(by, async () => {
        await requireAdmin(by.userId, said.audience.workspaceId)
        const now = clock.now()
        const id = said.id ?? AnnouncementId.parse(randomId())
        const made = await commit(by, installationScope, async (tx) => {
          if ((await read(tx, id)) !== undefined) throw new WeftError('conflict', 'This id is taken: make a new one.')
          await tx
            .insertInto('announcements')
            .values({
              id,
              title: said.title,
              text: said.text,
              level: said.level,
              workspace_id: said.audience.workspaceId,
              roles: said.audience.roles === null ? null : JSON.stringify(said.audience.roles),
              created_by: by.userId,
              created_at: now,
              due_at: Math.max(said.dueAt ?? now, now),
              state: 'scheduled',
            })
            .execute()
          const row = await read(tx, id)
          if (row === undefined) throw noAnnouncement()
          return toAnnouncement(row)
        })
        timer.wake()
        return made
      }),

    /** Who has been told has been told; nobody else will be. */
    async cancel(by: Actor, id: AnnouncementId): Promise<Announcement> {
      const found = await read(storage.read, id)
      if (found === undefined) throw noAnnouncement()
      await requireAdmin(by.userId, found.workspace_id)
      return commit(by, installationScope, async (tx) => {
        await tx
          .updateTable('announcements')
          .where('id', '=', id)
          .where('state', 'in', goingOut)
          .set({ state: 'cancelled' })
          .execute()
        const row = await read(tx, id)
        if (row === undefined) throw noAnnouncement()
        if (row.state === 'sent') throw new WeftError('conflict', 'It has gone out to everybody already.')
        return toAnnouncement(row)
      })
    },
  }
}
export type Announcements = ReturnType<typeof createAnnouncements>

const noticeOf = (row: Row, at: number): Notice => ({
  factKey: `announcement/${row.id}`,
  groupKey: `announcement/${row.id}`,
  kind: 'announcement',
  level: row.level,
  workspaceId: row.workspace_id,
  documentId: null,
  actorId: row.created_by,
  detail: { announcementId: row.id, title: row.title, text: row.text.slice(0, excerpt) },
  at,
})
