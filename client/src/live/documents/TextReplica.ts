import type { DocumentId } from '@weft/shared/kit'
import { documentChannel } from '@weft/shared/sync'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { DeviceCopy, DeviceStore } from '../device/DeviceStore.ts'
import { Channel, type ChannelEvents } from '../transport/Channel.ts'
import type { Clock } from '../transport/Clock.ts'
import type { Transport } from '../transport/Transport.ts'
import { DeviceJournal } from './DeviceJournal.ts'

const fromDevice = Symbol('from the device')

/**
 * One `Y.Doc` of a document with what belongs to it alone: its awareness, its channel, its rows on the device and the
 * count of local changes. It never outlives a foreign client id or a loss of access: those get a new one.
 */
export class TextReplica {
  readonly doc = new Y.Doc()
  readonly awareness: Awareness
  readonly channel: Channel
  readonly journal: DeviceJournal
  #local = 0
  #parked = false

  constructor(options: {
    documentId: DocumentId
    transport: Transport
    store: DeviceStore
    clock: Clock
    events: ChannelEvents
  }) {
    const { documentId, events } = options
    this.awareness = new Awareness(this.doc)
    this.journal = new DeviceJournal({ ...options, changed: events.changed })
    // Counts before the provider sends: its own listener on the `Y.Doc` comes after this one.
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      const own = origin !== this.channel.provider
      if (own) this.#local++
      if (origin !== fromDevice) this.journal.add(update, own, this.#local)
    })
    this.channel = new Channel({
      ...options,
      doc: this.doc,
      awareness: this.awareness,
      name: documentChannel(documentId),
      local: () => this.#local,
    })
  }

  /** Puts the device's rows into the text: at the start, and what another tab wrote since. */
  takeIn(copy: DeviceCopy): void {
    if (copy.update !== null) Y.applyUpdate(this.doc, copy.update, fromDevice)
    this.#parked = this.doc.store.pendingStructs !== null
    this.journal.found(copy.unsentKeys, this.#local, copy.rows)
  }

  /**
   * The server's text has arrived. Rows of the device that waited for it are integrated now, under the server's name:
   * the provider will not send them, so they count as one more local change and the channel syncs again.
   */
  arrived(): void {
    if (!this.#parked || this.doc.store.pendingStructs !== null) return
    this.#parked = false
    this.#local++
    this.channel.rejoin()
  }

  /** Own text that the server is not known to have. */
  get hasUnsent(): boolean {
    return !this.channel.record.saved && (this.journal.hasUnsentRows || !this.journal.holdsAll)
  }

  /** The rows of the device whose acknowledgement the record vouches for. */
  noteAcknowledged(): void {
    const { record } = this.channel
    if (!record.refused) this.journal.acknowledged(record.acked)
  }

  async destroy(): Promise<void> {
    this.channel.destroy()
    await this.journal.end()
    this.doc.destroy()
  }
}
