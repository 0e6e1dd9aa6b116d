import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { personColor } from '@weft/shared/auth'
import type { DocumentRole } from '@weft/shared/documents'
import type { EventFact } from '@weft/shared/events'
import { DocumentId, randomId, UserId, WorkspaceId } from '@weft/shared/kit'
import { documentChannel, presenceChannel } from '@weft/shared/sync'
import type { MemberRole } from '@weft/shared/workspaces'
import * as Y from 'yjs'
import type { OneDocument } from '../src/auth/index.ts'
import { defaultLimits } from '../src/config/index.ts'
import { createDocuments, type Documents } from '../src/documents/index.ts'
import { createCommandLog, createEventLog, type EventLog } from '../src/events/index.ts'
import { createLogger } from '../src/kit/logger.ts'
import { openSqlite, type SqliteStorage, type Storage } from '../src/storage/index.ts'
import { createSync, type Sync, type SyncDependencies, type SyncLimits } from '../src/sync/index.ts'
import { createCommit } from '../src/workspaces/index.ts'
import { RawClient } from './rawClient.ts'

export interface SyncServerOptions {
  /** Of an earlier server: the same database. */
  dir?: string
  limits?: Partial<SyncLimits>
  maxPages?: number
  /** Stands between sync and the real storage. */
  wrap?: (storage: Storage) => Storage
  deps?: Partial<SyncDependencies>
}

/** Sync over a real database and a real socket, with the policies of the tables and tokens that need no account. */
export interface SyncServer {
  url: string
  dir: string
  sync: Sync
  storage: SqliteStorage
  events: EventLog
  documents: Documents
  workspaceId: WorkspaceId
  changed: { documentId: DocumentId; authorId: UserId | null }[]
  presence: { userId: UserId; workspaceId: WorkspaceId; here: boolean }[]
  clock: { ahead: number }
  member(role?: MemberRole): Promise<UserId>
  document(parentId?: DocumentId): Promise<DocumentId>
  grant(documentId: DocumentId, userId: UserId, role: DocumentRole): Promise<void>
  setRole(userId: UserId, from: MemberRole, to: MemberRole): Promise<void>
  removeMember(userId: UserId): Promise<void>
  removeDocument(documentId: DocumentId): Promise<void>
  /** `only`: a token for one document. */
  token(userId: UserId, expiresInMs?: number, only?: OneDocument): string
  client(headers?: Record<string, string>): RawClient
  /** What is on disk, read as a newcomer would. */
  stored(documentId: DocumentId): Promise<Y.Doc>
  rows(documentId: DocumentId): Promise<{ seq: number; author_id: UserId | null }[]>
  stop(): Promise<void>
}

const open: SyncServer[] = []
const clients: RawClient[] = []
const directories: string[] = []

/** Ends what tests left open; for `afterEach`. */
export async function stopAll(): Promise<void> {
  await Promise.all(clients.splice(0).map((client) => client.end()))
  await Promise.all(open.splice(0).map((server) => server.stop()))
  await Promise.all(directories.splice(0).map((dir) => rm(dir, { recursive: true, force: true })))
}

export const userId = (): UserId => UserId.parse(randomId())
export const channelOf = (documentId: DocumentId, session = 's'): string => `${documentChannel(documentId)}\0${session}`
export const presenceOf = (workspaceId: WorkspaceId, session = 's'): string =>
  `${presenceChannel(workspaceId)}\0${session}`

export async function startSyncServer(options: SyncServerOptions = {}): Promise<SyncServer> {
  const dir = options.dir ?? (await mkdtemp(join(tmpdir(), 'weft-sync-')))
  if (options.dir === undefined) directories.push(dir)
  const storage = await openSqlite({
    file: join(dir, 'weft.sqlite'),
    ...(options.maxPages === undefined ? {} : { maxPages: options.maxPages }),
  })
  const seen = options.wrap?.(storage) ?? storage
  const log = createLogger('silent')
  const skew = { ahead: 0 }
  const clock = { now: () => Date.now() + skew.ahead }
  const events = createEventLog({ storage: seen, clock, log })
  await events.start()
  const changed: SyncServer['changed'] = []
  const presence: SyncServer['presence'] = []

  const memberRole = async (user: UserId, workspaceId: WorkspaceId): Promise<MemberRole | null> => {
    const row = await storage.read
      .selectFrom('members')
      .select('role')
      .where('workspace_id', '=', workspaceId)
      .where('user_id', '=', user)
      .executeTakeFirst()
    return row?.role ?? null
  }
  const limits = { ...defaultLimits, ...options.limits }
  const documents = createDocuments({
    storage: seen,
    clock,
    log,
    events,
    commit: createCommit(events, createCommandLog({ storage: seen, clock, log })),
    texts: () => sync.texts,
    tellAll: (workspaceId, word) => sync.announce(workspaceId, word),
    tellPerson: (workspaceId, userId, word) => sync.tellPerson(workspaceId, userId, word),
    documentBytes: limits.documentBytes,
    markdownMs: limits.markdownMs,
  })
  const sync: Sync = await createSync({
    storage: seen,
    events,
    log,
    clock,
    limits,
    verifySocketToken: async (token) => {
      const [user, expiresAt, only] = token.split(' ')
      if (Number(expiresAt) < clock.now()) throw new Error('expired')
      const verified = { userId: UserId.parse(user), expiresAt: Number(expiresAt) }
      return only === undefined ? verified : { ...verified, only: JSON.parse(only) }
    },
    person: async (id) => ({ id, name: `Person ${id.slice(0, 4)}`, color: personColor(id), image: null }),
    documentRole: documents.textRoleOf,
    sourceRole: async () => null,
    memberRole,
    isVisibleToAllMembers: documents.isVisibleToAllMembers,
    textChanged: (documentId, runs) => {
      for (const { authorId } of runs) changed.push({ documentId, authorId })
    },
    presenceChanged: (user, workspaceId, here) => presence.push({ userId: user, workspaceId, here }),
    allowedOrigins: () => ['https://weft.example.org'],
    mayEmbedFrom: async () => false,
    ...options.deps,
  })
  const http = createServer()
  http.on('request', (request, response) => sync.handleRequest(request, response))
  http.on('upgrade', (request, socket, head) =>
    request.url?.startsWith('/y/')
      ? sync.handlePlainUpgrade(request, socket, head)
      : sync.handleUpgrade(request, socket, head),
  )
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const { port } = http.address() as AddressInfo
  const url = `ws://127.0.0.1:${port}/sync`
  const workspaceId = await firstWorkspace(storage)
  let stopped: Promise<void> | null = null

  const tell = (
    fact: EventFact,
    change: (tx: Parameters<Parameters<Storage['transaction']>[0]>[0]) => Promise<unknown>,
  ) =>
    storage.transaction(async (tx) => {
      await change(tx)
      await events.append(tx, workspaceId, null, fact)
    })

  const server: SyncServer = {
    url,
    dir,
    sync,
    storage,
    events,
    documents,
    workspaceId,
    changed,
    presence,
    clock: skew,
    async member(role = 'member') {
      const id = userId()
      await storage.transaction((tx) =>
        tx.insertInto('members').values({ workspace_id: workspaceId, user_id: id, role, joined_at: 0 }).execute(),
      )
      return id
    },
    async document(parentId) {
      const id = DocumentId.parse(randomId())
      const first = new Y.Doc()
      first.clientID = 1
      first.getText('t').insert(0, '.')
      await storage.transaction(async (tx) => {
        await tx
          .insertInto('documents')
          .values({
            id,
            workspace_id: workspaceId,
            parent_id: parentId ?? null,
            position: 'a0',
            title: '',
            kind: 'rich',
            created_by: userId(),
            created_at: 0,
            updated_at: 0,
            removed_at: null,
            set_aside: null,
          })
          .execute()
      })
      await storage.appendJournal([
        { documentId: id, seq: 1, update: Y.encodeStateAsUpdate(first), authorId: null, at: 0 },
      ])
      return id
    },
    async grant(documentId, user, role) {
      await tell({ type: 'document.access-changed', documentId, userId: user, role, touched: [documentId] }, (tx) =>
        tx
          .insertInto('document_access')
          .values({ document_id: documentId, user_id: user, role })
          .onConflict((row) => row.columns(['document_id', 'user_id']).doUpdateSet({ role }))
          .execute(),
      )
    },
    async setRole(user, from, to) {
      await tell({ type: 'member.role-changed', userId: user, from, to }, (tx) =>
        tx.updateTable('members').set({ role: to }).where('user_id', '=', user).execute(),
      )
    },
    async removeMember(user) {
      await tell({ type: 'member.removed', userId: user }, (tx) =>
        tx.deleteFrom('members').where('user_id', '=', user).execute(),
      )
    },
    async removeDocument(documentId) {
      await tell({ type: 'document.removed', documentIds: [documentId] }, (tx) =>
        tx.updateTable('documents').set({ removed_at: Date.now() }).where('id', '=', documentId).execute(),
      )
    },
    token: (user, expiresInMs = 600_000, only) =>
      [user, clock.now() + expiresInMs, ...(only === undefined ? [] : [JSON.stringify(only)])].join(' '),
    client(headers) {
      const client = new RawClient(url, headers)
      clients.push(client)
      return client
    },
    async stored(documentId) {
      const { snapshot, rows } = await storage.loadText(documentId)
      const doc = new Y.Doc()
      if (snapshot !== null) Y.applyUpdate(doc, snapshot)
      for (const row of rows) Y.applyUpdate(doc, row.update)
      return doc
    },
    rows: (documentId) =>
      storage.read
        .selectFrom('journal')
        .select(['seq', 'author_id'])
        .where('document_id', '=', documentId)
        .orderBy('seq')
        .execute(),
    stop() {
      stopped ??= (async () => {
        await sync.close(2_000)
        await documents.stop()
        await events.stop()
        http.closeAllConnections()
        await new Promise((resolve) => http.close(resolve))
        await storage.close()
      })()
      return stopped
    },
  }
  open.push(server)
  return server
}

async function firstWorkspace(storage: Storage): Promise<WorkspaceId> {
  const row = await storage.read.selectFrom('workspaces').select('id').executeTakeFirst()
  if (row !== undefined) return row.id
  const id = WorkspaceId.parse(randomId())
  await storage.transaction((tx) =>
    tx.insertInto('workspaces').values({ id, name: 'Test', created_by: userId(), created_at: 0 }).execute(),
  )
  return id
}

/** An edit of `doc` as the update that an editor sends. */
export function edit(doc: Y.Doc, change: (doc: Y.Doc) => void): Uint8Array {
  const updates: Uint8Array[] = []
  const collect = (update: Uint8Array) => updates.push(update)
  doc.on('update', collect)
  doc.transact(() => change(doc))
  doc.off('update', collect)
  return Y.mergeUpdates(updates)
}

export const textOf = (doc: Y.Doc): string => doc.getText('t').toString()
export const type = (doc: Y.Doc, words: string): Uint8Array =>
  edit(doc, (text) => text.getText('t').insert(text.getText('t').length, words))
