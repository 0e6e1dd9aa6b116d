import { MessageType } from '@hocuspocus/server'
import type { DocumentId } from '@weft/shared/kit'
import { type CloseReason, documentChannel, isCloseReason } from '@weft/shared/sync'
import * as encoding from 'lib0/encoding'
import type { VerifiedToken } from '../../auth/index.ts'
import type { CarrierEnd, FrameCarrier } from '../frameCarrier.ts'
import { encodeAddress } from '../frames.ts'
import { Heard, mayCome, plainCode, readOutgoing, stillHere } from './plainFrames.ts'

const noAddress = new Uint8Array()

/**
 * A plain y-websocket client on one document, as the rest of the room knows clients: its frames get the address of the
 * one channel that it has, and lose it on their way out. There is no other way for its edits than that of all.
 */
export class PlainCarrier implements FrameCarrier, CarrierEnd {
  readonly #carrier: FrameCarrier
  readonly #documentId: DocumentId
  readonly #token: string
  readonly #address: Uint8Array
  readonly #heard = new Heard()
  #end: CarrierEnd | null = null
  /** A change was not applied; what follows in the same turn says why. */
  #refused = false

  constructor(carrier: FrameCarrier, documentId: DocumentId, token: string) {
    this.#carrier = carrier
    this.#documentId = documentId
    this.#token = token
    this.#address = encodeAddress(documentChannel(documentId))
  }

  get isOpen(): boolean {
    return this.#carrier.isOpen
  }

  get bufferedBytes(): number {
    return this.#carrier.bufferedBytes
  }

  /** An address is kept in histories and logs of proxies: only what opens this one document may stand in it. */
  mayCarry({ only }: VerifiedToken): boolean {
    return only?.documentId === this.#documentId
  }

  attach(end: CarrierEnd): void {
    this.#end = end
    this.#carrier.attach(this)
    end.received(
      this.#addressed(
        encoding.encode((to) => {
          encoding.writeVarUint(to, MessageType.Auth)
          encoding.writeVarUint(to, 0)
          encoding.writeVarString(to, this.#token)
        }),
      ),
    )
  }

  received(frame: Uint8Array | null): void {
    if (frame === null || !mayCome(frame[0])) {
      this.#end?.received(null)
      return
    }
    if (frame[0] !== MessageType.Awareness) {
      this.#end?.received(this.#addressed(frame))
      return
    }
    const own = this.#heard.withoutEcho(frame)
    if (own === null) return
    this.#end?.received(this.#addressed(own))
    // It tells of itself every 15 s, and takes an answer for a sign of life.
    if (this.isOpen) this.#carrier.send(noAddress, stillHere)
  }

  answered(): void {
    this.#end?.answered()
  }

  gone(): void {
    this.#end?.gone()
  }

  send(_address: Uint8Array, body: Uint8Array): void {
    const outgoing = readOutgoing(body)
    switch (outgoing.do) {
      case 'send':
        // Asked for what the change stood on, the client sends it again.
        if (outgoing.sync === 'step-1') this.#refused = false
        if (outgoing.sync === null) this.#heard.note(body)
        this.#carrier.send(noAddress, body)
        return
      case 'close':
        this.#say(outgoing.reason)
        return
      case 'refuse':
        this.#refused = true
        setImmediate(() => {
          if (this.#refused && this.isOpen) this.#say('access-removed')
        })
        return
      case 'drop':
        return
    }
  }

  ping(): void {
    this.#carrier.ping()
    this.#carrier.send(noAddress, stillHere)
  }

  close(code: number, reason: string): void {
    this.#carrier.close(isCloseReason(reason) ? plainCode(reason) : code, reason)
  }

  cut(): void {
    this.#carrier.cut()
  }

  /** Its one channel has closed, and with it there is nothing left to say. */
  #say(reason: CloseReason): void {
    this.#refused = false
    this.#carrier.close(plainCode(reason), reason)
    this.#end?.gone()
  }

  #addressed(frame: Uint8Array): Uint8Array {
    const whole = new Uint8Array(this.#address.length + frame.length)
    whole.set(this.#address)
    whole.set(frame, this.#address.length)
    return whole
  }
}
