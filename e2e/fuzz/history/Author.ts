import * as Y from 'yjs'
import { applyPatches, makeBodyText } from '../../../server/bench/history/bodyText.ts'
import type { Patch } from '../../../server/bench/history/trace.ts'
import type { Person } from '../../harness/people.ts'
import type { WeftServer } from '../../harness/weftServer.ts'
import { Peer } from '../Peer.ts'
import { contains, type Edit, editOf } from './edit.ts'

/** Edits on their way at once; a page that is so far ahead of its acknowledgements waits. */
const mostUnacknowledged = 400

/**
 * One author of a history. The network may bring their page more than they had seen when they made an edit, and its
 * positions are those of what they had seen: each edit is made in a draft that has exactly that, by the same client id,
 * and then, as it is, in the page's own document. The page must have it all: what a draft takes in is there already.
 */
export class Author {
  readonly peer: Peer
  /** Of the history, in the order in which they were made. */
  readonly edits: Edit[] = []
  /** Those that may still be made without the network; 0: online. */
  offlineFor = 0
  readonly #draft = new Y.Doc()
  #update: Uint8Array | null = null
  #taken = 0

  constructor(peer: Peer) {
    this.peer = peer
    this.#draft.clientID = peer.doc.clientID
    this.#draft.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'seen') this.#update = update
    })
  }

  static join(server: WeftServer, person: Person, documentId: string, name: string, clientId: number): Author {
    return new Author(new Peer(server, person, documentId, name, clientId))
  }

  /** Starts the draft from what the page has. */
  begin(): void {
    Y.applyUpdate(this.#draft, Y.encodeStateAsUpdate(this.peer.doc), 'seen')
  }

  /** Makes the text that the history is of. */
  makeText(): Edit {
    return this.#make(() => makeBodyText(this.#draft))
  }

  /** Whether the page has the first `count` edits of the other, and may send one more. */
  mayEdit(other: Author, count: number): boolean {
    if (this.offlineFor === 0 && this.peer.unacknowledged > mostUnacknowledged) return false
    for (let next = this.#taken; next < count; next++) {
      const edit = other.edits[next]
      if (edit === undefined || !contains(this.peer.doc, edit)) return false
    }
    return true
  }

  /** Makes an edit on all own ones and the first `count` of the other. */
  edit(patches: readonly Patch[], other: Author, count: number): void {
    this.#see(other, count)
    this.edits.push(this.#make(() => applyPatches(this.#draft, patches)))
    if (this.offlineFor > 0 && --this.offlineFor === 0) this.goOnline()
  }

  goOffline(edits: number, how: 'leave' | 'cut'): void {
    this.offlineFor = edits
    if (how === 'leave') this.peer.goOffline()
    else this.peer.cut()
  }

  goOnline(): void {
    this.offlineFor = 0
    this.peer.goOnline()
  }

  /** Throws if not all that was acknowledged is in `stored`. */
  mustBeIn(stored: Y.Doc): void {
    // The first update of one of the authors made the text, and is no edit.
    const acknowledged = this.peer.acknowledged.length - 1
    const lost = this.edits.slice(0, Math.max(0, acknowledged)).filter((edit) => !contains(stored, edit))
    if (lost.length > 0) throw new Error(`${this.peer.name}: ${lost.length} edits were acknowledged and are lost`)
  }

  destroy(): void {
    this.#draft.destroy()
    this.peer.destroy()
  }

  #see(other: Author, count: number): void {
    for (; this.#taken < count; this.#taken++) {
      const edit = other.edits[this.#taken]
      if (edit !== undefined) Y.applyUpdate(this.#draft, edit.update, 'seen')
    }
  }

  #make(change: () => void): Edit {
    this.#update = null
    change()
    const update: Uint8Array | null = this.#update
    if (update === null) throw new Error('an edit of the history changes nothing')
    this.peer.doc.transact((transaction) => {
      Y.applyUpdate(this.peer.doc, update)
      // The page's own change, which it is: or Yjs takes its client id for one that somebody else uses, and changes it.
      transaction.local = true
    })
    return editOf(update)
  }
}
