import type { AnnouncementId } from '@weft/shared/kit'
import type { InboxMeta, Notification } from '@weft/shared/notifications'
import { windowChannel, windowFields } from '@weft/shared/sync'
import * as Y from 'yjs'
import {
  authFrame,
  FrameType,
  readPayload,
  readReason,
  SyncStep,
  stepOneFrame,
  stepTwoFrame,
  typeOffset,
} from '../frames.ts'
import { Measurement } from '../measurement.ts'
import { PageSocket } from '../pageSocket.ts'
import type { Target } from '../target.ts'
import type { Reader } from './people.ts'

/** A page that has its person's inbox open: the window's map as Yjs has it, over a socket of its own. */
export class InboxClient {
  /** Called for each announcement that comes into the map, in the turn in which it does. */
  onAnnouncement: (announcementId: AnnouncementId) => void = () => {}
  /** Called when the socket or the channel ends by itself. */
  onFailure: (sentence: string) => void = () => {}
  readonly #socket: PageSocket
  readonly #address: string
  readonly #token: string
  readonly #doc = new Y.Doc()
  readonly #entries = this.#doc.getMap<Notification>(windowFields.entries)
  readonly #synced = Promise.withResolvers<void>()

  constructor(target: Pick<Target, 'socketUrl' | 'headers'>, { userId, token }: Reader) {
    this.#token = token
    this.#address = `${windowChannel('inbox', userId)}\0bench`
    this.#socket = new PageSocket(target, new Measurement())
    this.#socket.join(this.#address, (frame) => this.#receive(frame))
    this.#socket.onFailure((sentence) => this.#fail(sentence))
    this.#synced.promise.catch(() => {})
    this.#entries.observe(({ keysChanged }) => {
      for (const key of keysChanged) {
        const announcementId = this.#entries.get(key)?.detail.announcementId
        if (announcementId !== undefined) this.onAnnouncement(announcementId)
      }
    })
  }

  get opened(): Promise<void> {
    return this.#socket.opened
  }

  get size(): number {
    return this.#entries.size
  }

  /** Null: the server has not said. */
  get unread(): number | null {
    return this.#doc.getMap<InboxMeta['unread']>(windowFields.meta).get('unread') ?? null
  }

  /** Resolves when the window is in the map; rejects when the socket or the channel ends. */
  async join(): Promise<void> {
    await this.#socket.opened
    this.#socket.send(authFrame(this.#address, this.#token))
    this.#socket.send(stepOneFrame(this.#address))
    await this.#synced.promise
  }

  leave(): void {
    this.#socket.leave()
    this.#doc.destroy()
  }

  #receive(frame: Buffer): void {
    const at = typeOffset(frame)
    switch (frame[at]) {
      case FrameType.sync:
        if (frame[at + 1] === SyncStep.one) this.#socket.send(stepTwoFrame(this.#address))
        else Y.applyUpdate(this.#doc, readPayload(frame, at + 2))
        if (frame[at + 1] === SyncStep.two) this.#synced.resolve()
        return
      case FrameType.auth:
        if (frame[at + 1] === 0) this.#socket.send(authFrame(this.#address, this.#token))
        if (frame[at + 1] === 1) this.#fail(`inbox refused: ${readReason(frame, at + 2)}`)
        return
      case FrameType.close:
        this.#fail(`inbox closed: ${readReason(frame, at + 1)}`)
    }
  }

  #fail(sentence: string): void {
    this.#synced.reject(new Error(sentence))
    this.onFailure(sentence)
  }
}
