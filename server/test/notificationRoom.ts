import { join } from 'node:path'
import { personColor } from '@weft/shared/auth'
import type { EventFact } from '@weft/shared/events'
import {
  type CommandId,
  type DocumentId,
  type MentionId,
  randomId,
  type UserId,
  type WorkspaceId,
} from '@weft/shared/kit'
import type { Notification } from '@weft/shared/notifications'
import { windowChannel, windowFields } from '@weft/shared/sync'
import { expect } from 'vitest'
import * as Y from 'yjs'
import { defaultLimits } from '../src/config/index.ts'
import { createDocuments, type Documents } from '../src/documents/index.ts'
import { createCommandLog, createEventLog } from '../src/events/index.ts'
import { createLogger } from '../src/kit/logger.ts'
import { createNotifications, type Notifications } from '../src/notifications/index.ts'
import type { MailConfig } from '../src/notifications/mailer.ts'
import type { Writer } from '../src/storage/index.ts'
import { createCommit, readRole } from '../src/workspaces/index.ts'
import { type SyncServer, startSyncServer } from './syncServer.ts'

/** How long a machine under load may take for what takes milliseconds, in ms. */
export const patience = { timeout: 30_000, interval: 5 }

export const newId = <T extends string>(): T => randomId() as T
export const by = (userId: UserId, commandId: CommandId | null = null) => ({ userId, commandId })

export const nameOf = (userId: UserId): string => `Person ${userId.slice(0, 4)}`

export interface RoomOptions {
  mail?: Partial<MailConfig>
  owner?: () => UserId | undefined
}

/** The notifications of a real database, live over a real socket; facts are what the test says, or writes into a text. */
export interface NotificationRoom {
  server: SyncServer
  readonly notifications: Notifications
  readonly documents: Documents
  /** Commits a fact with its change, and waits until everybody was told. Resolves with its sequence. */
  happen(actorId: UserId | null, fact: EventFact, change?: (tx: Writer) => Promise<unknown>): Promise<number>
  mention(actorId: UserId | null, documentId: DocumentId, userId: UserId, mentionId?: MentionId): Promise<number>
  edit(actorId: UserId | null, documentId: DocumentId): Promise<number>
  /** Waits until all that has happened was told. */
  told(): Promise<void>
  /** The workspace takes so much of its 1,000 bytes. */
  fill(bytes: number): void
  /** As a new process, that finds what was left. */
  restart(): Promise<void>
  watch(userId: UserId, documentId: DocumentId): Promise<void>
}

export async function startNotificationRoom(options: RoomOptions = {}): Promise<NotificationRoom> {
  const server: SyncServer = await startSyncServer({
    deps: {
      textChanged: (documentId, runs) => room.documents.textChanged(documentId, runs),
    },
  })
  const { storage, workspaceId } = server
  // What is written is told into the log that the notifications follow, so by the room's own.
  await server.documents.stop()
  const clock = { now: () => Date.now() + server.clock.ahead }
  const log = createLogger('silent')
  // The real one registers once a process; a new room of the same process takes its place.
  let window: Parameters<typeof server.sync.registerWindow>[0] | null = null
  const handle = server.sync.registerWindow({
    kind: 'inbox',
    access: async (userId, id) => (await window?.access(userId, id)) ?? false,
    build: (id) => (window === null ? Promise.reject(new Error('no room')) : window.build(id)),
  })

  let counted: (workspaceId: WorkspaceId, bytes: number) => void = () => {}

  async function open() {
    const events = createEventLog({ storage, clock, log })
    const commands = createCommandLog({ storage, clock, log })
    const commit = createCommit(events, commands)
    const documents = createDocuments({
      storage,
      clock,
      log,
      events,
      commit,
      texts: () => server.sync.texts,
      tellAll: (workspaceId, word) => server.sync.announce(workspaceId, word),
      tellPerson: (workspaceId, userId, word) => server.sync.tellPerson(workspaceId, userId, word),
      documentBytes: defaultLimits.documentBytes,
      markdownMs: defaultLimits.markdownMs,
    })
    const notifications = createNotifications({
      storage,
      clock,
      log,
      events,
      commit,
      documents,
      sync: {
        isLookingAt: (userId, documentId) => server.sync.isLookingAt(userId, documentId),
        onWorkspaceCounted(listener) {
          counted = listener
          return () => {}
        },
        registerWindow(kind) {
          window = kind
          return handle
        },
      },
      people: async (userIds) =>
        new Map(userIds.map((id) => [id, { id, name: nameOf(id), color: personColor(id), image: null }])),
      ownsInstallation: async (userId) => userId === options.owner?.(),
      mailAddress: async (id) => `${id}@weft.example`,
      mail: { smtpUrl: null, from: 'Weft <weft@weft.example>', directory: join(server.dir, 'mail'), ...options.mail },
      publicUrl: 'http://127.0.0.1:3000',
      secret: 'a secret that only tests know, 0123456789',
      memberRole: (userId, id) => readRole(storage.read, userId, id),
      historyDays: 30,
      workspaceBytes: 1_000,
    })
    await events.start()
    notifications.start()
    await documents.catchUp()
    return { events, notifications, documents }
  }

  let room = await open()
  const stopServer = server.stop
  const close = async (): Promise<void> => {
    await room.documents.stop()
    await room.events.stop()
    await room.notifications.stop()
  }
  server.stop = async () => {
    await close()
    await stopServer()
  }

  const told = () =>
    expect
      .poll(async () => {
        const row = await storage.read
          .selectFrom('event_heads')
          .leftJoin('consumer_positions', (join) =>
            join
              .onRef('consumer_positions.scope', '=', 'event_heads.scope')
              .on('consumer_positions.consumer', '=', 'notifications'),
          )
          .where('event_heads.scope', '=', workspaceId)
          .select(['event_heads.seq as head', 'consumer_positions.seq as position'])
          .executeTakeFirst()
        return (row?.head ?? 0) - (row?.position ?? 0)
      }, patience)
      .toBe(0)

  async function happen(actorId: UserId | null, fact: EventFact, change?: (tx: Writer) => Promise<unknown>) {
    const seq = await storage.transaction(async (tx) => {
      await change?.(tx)
      return room.events.append(tx, workspaceId, actorId, fact)
    })
    await told()
    return seq
  }

  return {
    server,
    get notifications() {
      return room.notifications
    },
    get documents() {
      return room.documents
    },
    happen,
    mention: (actorId, documentId, userId, mentionId = newId<MentionId>()) =>
      happen(actorId, { type: 'document.mentioned', documentId, userId, mentionId }),
    edit: (actorId, documentId) =>
      happen(actorId, {
        type: 'document.edited',
        documentId,
        from: clock.now() - 1_000,
        to: clock.now(),
        edits: 3,
        added: 10,
        removed: 2,
      }),
    told,
    fill: (bytes) => counted(workspaceId, bytes),
    async restart() {
      await close()
      room = await open()
    },
    watch: async (userId, documentId) => {
      await room.notifications.setWatch(by(userId), documentId, 'watching')
    },
  }
}

export interface InboxReader {
  rows(): Notification[]
  meta(): { seq: number; unread: number }
  isClosed(): boolean
  leave(): Promise<void>
}

/** A page of a person that shows their inbox, as it comes over the socket. */
export async function readInboxOf(server: Pick<SyncServer, 'client' | 'token'>, userId: UserId): Promise<InboxReader> {
  const client = server.client()
  const address = `${windowChannel('inbox', userId)}\0s`
  // For longer than the clocks of tests are put forward.
  await client.join(address, server.token(userId, 1_000 * 3_600_000))
  const shown = (): Y.Doc => {
    const doc = new Y.Doc()
    for (const frame of client.frames) {
      if (frame.address === address && (frame.type === 'sync-step-2' || frame.type === 'update'))
        Y.applyUpdate(doc, frame.payload)
    }
    return doc
  }
  return {
    rows: () =>
      [...shown().getMap<Notification>(windowFields.entries).values()].sort((a, b) => b.updatedAt - a.updatedAt),
    meta: () => shown().getMap(windowFields.meta).toJSON() as { seq: number; unread: number },
    isClosed: () => client.of('close').length > 0,
    leave: () => client.end(),
  }
}
