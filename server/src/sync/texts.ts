import { createHash, randomInt } from 'node:crypto'
import { type CommandId, type DocumentId, WeftError } from '@weft/shared/kit'
import { documentChannel } from '@weft/shared/sync'
import * as Y from 'yjs'
import type { DocumentTexts } from '../documents/index.ts'
import { patience } from './bounds.ts'
import { EditOrigin } from './channelMember.ts'
import { type ChannelRegistry, SetAside } from './channelRegistry.ts'
import type { ClientIds } from './clientIds.ts'
import type { RoomDependencies } from './dependencies.ts'
import { journalRuns } from './journalRuns.ts'
import type { LiveChannel } from './liveChannel.ts'

/** How other rooms reach the text of documents: always through the living channel, so that there is one truth. */
export function createTexts(registry: ChannelRegistry, deps: RoomDependencies): DocumentTexts {
  /** Keeps the channel in memory while `work` runs. */
  async function withChannel<T>(documentId: DocumentId, work: (live: LiveChannel) => Promise<T>): Promise<T> {
    const live = await registry
      .open({ kind: 'doc', documentId, name: documentChannel(documentId) }, (opened) => {
        opened.document.addDirectConnection()
        return opened
      })
      .catch((error: unknown) => {
        if (!(error instanceof SetAside)) throw error
        throw new WeftError(
          'document-set-aside',
          'This document cannot be read. It is kept as it is: ask who runs Weft.',
        )
      })
    try {
      return await work(live)
    } finally {
      live.document.removeDirectConnection()
      registry.release(live)
    }
  }

  return {
    /** What was looked at is handed out when it is on disk [SAVE-2]. */
    read: (documentId, look) =>
      withChannel(documentId, async (live) => {
        const seen = look(live.document)
        await committed(live, documentId)
        return seen
      }),

    writtenSince: (documentId, seq) => journalRuns(deps.storage.read, documentId, seq),

    edit: (documentId, { userId, commandId }, change) =>
      withChannel(documentId, async (live) => {
        const clientIds = live.clientIds
        if (clientIds === null) throw new WeftError('internal', 'There is no text to edit here.')
        const own = commandId === null ? null : clientIdOf(documentId, commandId)
        const used = own !== null && Y.getState(live.document.store, own) > 0
        // A kill may have come between the row and the note of its owner; nobody else can have made this id.
        if (used && (!clientIds.isKnown(own) || clientIds.judge(own, userId) === 'theirs'))
          return committed(live, documentId)
        if (deps.journal.stoppedFor(documentId) !== null) throw stopped()
        const isTheirs = own !== null && clientIds.judge(own, userId) === 'theirs'
        const clientId = isTheirs ? own : freshClientId(clientIds, live.document)
        clientIds.claim(clientId, userId)
        const update = changeOf(live.document, clientId, change)
        if (update === null) return
        const over = live.overLimit(update.length)
        if (over !== null) throw new WeftError(over, overLimit[over])
        Y.applyUpdate(live.document, update, new EditOrigin(userId, null))
        await committed(live, documentId)
      }),
  }

  /** Resolves when what is queued for the document now is on disk; rejects when that cannot be said in time. */
  function committed(live: LiveChannel, documentId: DocumentId): Promise<void> {
    const head = deps.journal.head(documentId)
    if (live.isStored) return Promise.resolve()
    return new Promise((resolve, reject) => {
      const end = deps.journal.onCommit((rows) => {
        if ((rows.get(documentId) ?? 0) < head) return
        end()
        clearTimeout(timer)
        resolve()
      })
      const timer = setTimeout(() => {
        end()
        reject(stopped())
      }, patience.commit)
    })
  }
}

const stopped = (): WeftError =>
  new WeftError('storage-stopped', 'The server cannot save right now. What was written is kept: try again in a moment.')

const overLimit = {
  'too-large': 'This document has reached its largest size: move a part of it to a new one.',
  'workspace-full': 'This workspace has no room left for more text. Tell whoever runs this server.',
}

/** A change that throws half-way must leave nothing behind: it is made on a copy, and what came of it is returned. */
function changeOf(document: Y.Doc, clientId: number, change: (text: Y.Doc) => void): Uint8Array | null {
  const copy = new Y.Doc()
  try {
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(document))
    copy.clientID = clientId
    const updates: Uint8Array[] = []
    copy.on('update', (update: Uint8Array) => updates.push(update))
    copy.transact((transaction) => {
      change(copy)
      // What only deletes has no struct of its own, by which a repeat would be known: this one is gone at once.
      if (Y.getState(copy.store, clientId) === 0 && transaction.deleteSet.clients.size > 0) leaveTrace(copy)
    })
    return updates.length === 0 ? null : Y.mergeUpdates(updates)
  } finally {
    copy.destroy()
  }
}

/** [IDENT-2] A server edit for a person is written under a new id of that person's. */
function freshClientId(clientIds: ClientIds, document: Y.Doc): number {
  for (;;) {
    const clientId = randomInt(1, 2 ** 32)
    if (clientIds.isKnown(clientId) || Y.getState(document.store, clientId) > 0) continue
    return clientId
  }
}

/** The client id under which a command edits a text: the same one whenever it is repeated. */
function clientIdOf(documentId: DocumentId, commandId: CommandId): number {
  const hash = createHash('sha256').update(`${commandId} ${documentId}`).digest()
  return hash.readUInt32BE(0) || 1
}

function leaveTrace(doc: Y.Doc): void {
  const traces = doc.getArray('traces')
  traces.insert(0, [0])
  traces.delete(0)
}
