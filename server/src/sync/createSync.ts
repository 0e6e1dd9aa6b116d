import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { DocumentId, UserId, WorkspaceId } from '@weft/shared/kit'
import { presenceChannel, type ServerWord } from '@weft/shared/sync'
import type { DocumentTexts } from '../documents/index.ts'
import { ChannelRegistry } from './channelRegistry.ts'
import { ClientIdStore } from './clientIds.ts'
import type { RoomDependencies, SyncDependencies } from './dependencies.ts'
import { FallbackSessions } from './fallback/fallbackSessions.ts'
import { createFolding } from './folding.ts'
import { createJournal } from './journalWriter.ts'
import { PresenceCount } from './presenceCount.ts'
import { recheckAfter } from './revocation.ts'
import type { SyncServices } from './services.ts'
import { Sockets } from './socketRoom.ts'
import { createTexts } from './texts.ts'
import { type WindowHandle, type WindowKind, Windows } from './windows.ts'
import { WorkspaceBytes } from './workspaceBytes.ts'

export interface SyncStats {
  sockets: number
  /** Streams of the fallback; a browser has one for all its pages. */
  streams: number
  channels: number
  sessions: number
  /** Bytes of text in memory that are not on disk. */
  queuedBytes: number
  savingStopped: boolean
}

/** The live side: channels over sockets. */
export interface Sync {
  /** Takes over an HTTP upgrade for `/sync`. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** The same below `/y/`, for plain y-websocket clients. */
  handlePlainUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** Answers what is asked below `/sync/`: the fallback for networks without WebSockets. */
  handleRequest(request: IncomingMessage, response: ServerResponse): void
  texts: DocumentTexts
  /** Makes a kind of window known, before anybody can join; the room that owns it keeps it up by what it gets. */
  registerWindow(kind: WindowKind): WindowHandle
  /** Says a word to everybody who has joined the presence of a workspace. */
  announce(workspaceId: WorkspaceId, word: ServerWord): void
  /** Says a word to those of them who are one person. */
  tellPerson(workspaceId: WorkspaceId, userId: UserId, word: ServerWord): void
  /** Calls `listener` when it was counted what a workspace takes on disk, of those that are written in. Returns its end. */
  onWorkspaceCounted(listener: (workspaceId: WorkspaceId, bytes: number) => void): () => void
  /** Whether a person has a document before their eyes: what happens there they see. */
  isLookingAt(userId: UserId, documentId: DocumentId): boolean
  stats(): SyncStats
  /**
   * Stops reading, waits for the journal at most `deadline` ms, acknowledges what is on disk by then, closes every
   * socket with `server-restarting` and lets the documents go. Resolves with whether all text is on disk.
   */
  close(deadline: number): Promise<boolean>
}

/** How long the channels' seconds may hold up a turn of the event loop, in ms. */
const tickShare = 10

/** Starts the live side on a storage that is open. */
export async function createSync(dependencies: SyncDependencies): Promise<Sync> {
  const { storage, clock, log, events } = dependencies
  const journal = createJournal({ storage, clock, log })
  const folding = createFolding({ storage, journal, clock, log })
  const windows = new Windows({
    close: (name) => registry.get(name)?.closeAll('renewed'),
    recheck(name) {
      for (const [session] of sockets.sessions()) if (session.channel.name === name) void session.recheck()
    },
  })
  const deps: RoomDependencies = { ...dependencies, journal, windows, workspaceBytes: new WorkspaceBytes(dependencies) }

  const clientIds = new ClientIdStore(
    storage,
    log,
    () => clock.now(),
    (stored) => {
      for (const ids of stored) {
        const live = registry.document(ids.documentId)
        live?.awarenessChanged()
        if (live !== undefined) registry.release(live)
      }
    },
  )
  const registry = new ChannelRegistry(deps, clientIds)
  let savingStopped = false
  const services: SyncServices & { closing: boolean } = {
    deps,
    registry,
    presence: new PresenceCount((userId, workspaceId, here) => {
      guarded('presence', () => deps.presenceChanged(userId, workspaceId, here))
    }),
    closing: false,
  }
  const sockets = new Sockets(services)
  const fallback = new FallbackSessions(services, (carrier) => sockets.add(carrier))

  const ends = [
    journal.onCommit((committed) => commit(committed)),
    journal.onStateChange(({ stopped, reason, documentId }) =>
      tellSaving(stopped ? (reason ?? 'The disk does not take it.') : null, documentId),
    ),
    events.onEvent((event) => recheckAfter(event, sockets.sessions())),
    events.onEvent(({ fact }) => {
      if (fact.type === 'account.changed') sockets.renewPerson(fact.userId)
      else if (fact.type === 'account.session-ended') sockets.endSignIn(fact.userId, fact.sessionId)
      else if (fact.type === 'embed.key-revoked') sockets.endSource({ kind: 'key', id: fact.keyId })
    }),
  ]
  let ticking = false
  const clockwork = startTicks()
  await folding.start()

  function commit(committed: ReadonlyMap<DocumentId, number>): void {
    for (const [documentId, seq] of committed) {
      folding.note(documentId)
      const live = registry.document(documentId)
      if (live === undefined) continue
      guarded(live.channel.name, () => live.release(seq))
      registry.release(live)
    }
  }

  /** [LIMIT-3] One channel that fails must not take the others with it. */
  function guarded(what: string, work: () => void): void {
    try {
      work()
    } catch (error) {
      log.error({ err: error, what }, 'a part of the live side failed')
    }
  }

  /** [SAVE-4] */
  function tellSaving(reason: string | null, documentId?: DocumentId): void {
    if (documentId === undefined) savingStopped = reason !== null
    const word: ServerWord =
      reason === null ? { type: 'saving', state: 'resumed' } : { type: 'saving', state: 'stopped', reason }
    for (const live of registry.channels.values()) {
      if (live.kind.journalled && (documentId === undefined || documentId === live.documentId)) live.say(word)
    }
  }

  function startTicks(): () => void {
    const timer = setInterval(() => {
      const now = clock.now()
      guarded('the sockets', () => sockets.tick(now))
      guarded('the fallback', () => fallback.tick(now))
      void tickChannels()
    }, 1_000)
    return () => clearInterval(timer)
  }

  /** In as many turns as it takes: in one second the presence of all workspaces may be due, for all their people. */
  async function tickChannels(): Promise<void> {
    if (ticking) return
    ticking = true
    let start = performance.now()
    for (const live of [...registry.channels.values()]) {
      guarded(live.channel.name, () => live.tick())
      if (performance.now() - start < tickShare) continue
      await new Promise((resolve) => setImmediate(resolve))
      if (services.closing) break
      start = performance.now()
    }
    ticking = false
  }

  return {
    handleUpgrade: (request, socket, head) => sockets.handleUpgrade(request, socket, head),
    handlePlainUpgrade: (request, socket, head) => void sockets.handlePlainUpgrade(request, socket, head),
    handleRequest: (request, response) => fallback.handle(request, response),
    texts: createTexts(registry, deps),
    registerWindow: (kind) => windows.register(kind),
    announce: (workspaceId, word) => registry.get(presenceChannel(workspaceId))?.say(word),
    tellPerson: (workspaceId, userId, word) => registry.get(presenceChannel(workspaceId))?.sayTo(userId, word),
    onWorkspaceCounted: (listener) => deps.workspaceBytes.onCounted(listener),
    isLookingAt: (userId, documentId) => sockets.isLookingAt(userId, documentId),
    stats: () => ({
      sockets: sockets.size,
      streams: fallback.size,
      channels: registry.channels.size,
      sessions: [...sockets.sessions()].length,
      queuedBytes: journal.queuedBytes,
      savingStopped,
    }),
    async close(deadline) {
      services.closing = true
      const stored = await journal.drain(deadline)
      clockwork()
      for (const end of ends) end()
      sockets.closeAll('server-restarting')
      fallback.endAll()
      await clientIds.stop()
      await registry.close()
      await folding.stop()
      return stored
    },
  }
}
