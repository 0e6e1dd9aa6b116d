import { DocumentId, randomId, type UserId } from '@weft/shared/kit'
import { windowChannel, windowFields } from '@weft/shared/sync'
import * as Y from 'yjs'
import type { BuiltWindow, WindowEntry, WindowHandle } from '../src/sync/index.ts'
import { type SyncServer, startSyncServer } from './syncServer.ts'

/** A room with a window on a table of its own: the events of a workspace, for its members. */
export interface WindowRoom {
  server: SyncServer
  handle: WindowHandle
  /** How often the window was built. */
  readonly built: number
  address(session?: string): string
  /** Makes a fact, which the window shows. Resolves when it is committed. */
  happen(): Promise<DocumentId>
  /** Of all that happened, in its order. */
  rows(): Promise<string[]>
  /** Called when the tables are read for a window, before it gets what was read. */
  afterReading: () => Promise<void>
}

export async function startWindowRoom(entries?: number): Promise<WindowRoom> {
  const server = await startSyncServer()
  const { events, storage, workspaceId } = server
  let built = 0
  const entryOf = (seq: number, documentId: string): WindowEntry => ({
    key: String(seq),
    value: { documentId },
    rank: seq,
  })
  async function build(): Promise<BuiltWindow> {
    built++
    const seq = await events.head(workspaceId)
    const found = await events.since(workspaceId, 0, 10_000)
    await room.afterReading()
    return {
      seq,
      entries: found.map(({ seq, fact }) => entryOf(seq, 'documentId' in fact ? fact.documentId : '')),
      meta: { about: 'everything' },
    }
  }
  const handle = server.sync.registerWindow({
    kind: 'feed',
    access: async (userId, id) => {
      const member = await storage.read
        .selectFrom('members')
        .selectAll()
        .where('user_id', '=', userId)
        .executeTakeFirst()
      return member !== undefined && member.workspace_id === id
    },
    build,
    ...(entries === undefined ? {} : { entries }),
  })
  events.onEvent(({ seq, fact }) => {
    if (fact.type === 'document.renamed') handle.apply(workspaceId, { seq, set: [entryOf(seq, fact.documentId)] })
  })
  const room: WindowRoom = {
    server,
    handle,
    get built() {
      return built
    },
    address: (session = 's') => `${windowChannel('feed', workspaceId)}\0${session}`,
    async happen() {
      const documentId = DocumentId.parse(randomId())
      await storage.transaction((tx) => events.append(tx, workspaceId, null, { type: 'document.renamed', documentId }))
      return documentId
    },
    async rows() {
      const found = await events.since(workspaceId, 0, 10_000)
      return found.flatMap(({ fact }) => (fact.type === 'document.renamed' ? [fact.documentId] : []))
    },
    afterReading: async () => {},
  }
  return room
}

/** What a window shows, in the order of its sequence. */
export function shownIn(doc: Y.Doc): string[] {
  const entries = [...doc.getMap<{ documentId: string }>(windowFields.entries).entries()]
  return entries.sort(([a], [b]) => Number(a) - Number(b)).map(([, { documentId }]) => documentId)
}

export const seqOf = (doc: Y.Doc): unknown => doc.getMap(windowFields.meta).get('seq')

/** A reader that takes in what comes for its session. */
export async function reader(room: WindowRoom, userId: UserId, session = 's') {
  const client = room.server.client()
  const address = room.address(session)
  await client.join(address, room.server.token(userId))
  const shown = (): Y.Doc => {
    const doc = new Y.Doc()
    for (const frame of client.frames) {
      if (frame.address !== address) continue
      if (frame.type === 'sync-step-2' || frame.type === 'update') Y.applyUpdate(doc, frame.payload)
    }
    return doc
  }
  return { client, address, shown }
}
