import type { CloseReason } from '@weft/shared/sync'
import * as Y from 'yjs'
import { bounds, patience } from './bounds.ts'
import type { EditOrigin } from './channelMember.ts'
import type { RoomDependencies } from './dependencies.ts'
import { type Inspection, inspectUpdate, isKnown } from './inspectUpdate.ts'
import type { LiveChannel } from './liveChannel.ts'

export type Step = 'sync-step-2' | 'update'

/** The session whose edits come in here. */
export interface EditingSession {
  readonly origin: EditOrigin
  readonly mayWrite: boolean
  /** When the right to write was lost; 0: never. Milliseconds. */
  readonly demotedAt: number
  readonly isOpen: boolean
  /** The one SyncStatus that a frame gets; held like the rest [SAVE-2]. */
  answer(applied: boolean): void
  /** Answers false, then closes; nothing more comes in [SAVE-3]. */
  refuse(reason: CloseReason): void
  askForText(): void
  mayEditNow(): boolean
  maySyncNow(): boolean
}

type Needs = Pick<RoomDependencies, 'journal' | 'limits' | 'clock' | 'log'>

/**
 * One way for every SyncStep2 and Update of a session, in one tick: size and rate, right to write, decoding and
 * dependencies, identity, apply, and the answer through the hold. The document's own listener fills the journal.
 */
export class EditPipeline {
  readonly #session: EditingSession
  readonly #live: LiveChannel
  readonly #deps: Needs
  #synced = false
  /** [SAVE-3] Updates typed while reconnecting, which wait for the SyncStep2 that they stand on. */
  #early: Uint8Array[] = []
  #earlyBytes = 0
  #earlySince = 0
  #missingAt = Number.NEGATIVE_INFINITY

  constructor(session: EditingSession, live: LiveChannel, deps: Needs) {
    this.#session = session
    this.#live = live
    this.#deps = deps
  }

  receive(step: Step, update: Uint8Array): void {
    if (step === 'update' && !this.#synced && this.#early.length > 0) {
      this.#wait(update)
      return
    }
    this.#handle(step, update)
    if (step !== 'sync-step-2' || this.#synced) return
    this.#synced = true
    const early = this.#early
    this.#early = []
    for (const waiting of early) if (this.#session.isOpen) this.#handle('update', waiting)
  }

  tick(now: number): void {
    if (this.#early.length === 0 || now - this.#earlySince < patience.dependencies) return
    this.#giveUp('missing-dependencies')
  }

  #handle(step: Step, update: Uint8Array): void {
    if (!this.#session.mayEditNow()) {
      this.#session.refuse('too-many-frames')
      return
    }
    const inspection = inspectUpdate(this.#live.document, update)
    if (inspection.verdict === 'malformed') {
      this.#refuseMalformed(inspection.why)
      return
    }
    if (!this.#live.kind.journalled || !this.#session.mayWrite) {
      this.#readOnly(step, update, inspection)
      return
    }
    if (inspection.verdict === 'missing-dependencies') {
      this.#missing(step, update)
      return
    }
    const refusal = this.#overLimit(update) ?? this.#claim(inspection.writers)
    if (refusal !== null) {
      this.#session.refuse(refusal)
      return
    }
    this.#apply(update)
  }

  #overLimit(update: Uint8Array): CloseReason | null {
    const { journal, limits } = this.#deps
    if (journal.queuedBytes + update.length > limits.unjournalledBytes) return 'storage-full'
    return this.#live.overLimit(update.length)
  }

  /** [IDENT-2] All ids or none: an update with one foreign id changes nothing. */
  #claim(writers: readonly number[]): CloseReason | null {
    const { clientIds } = this.#live
    const { userId } = this.#session.origin
    if (clientIds === null || userId === null) return 'access-removed'
    for (const clientId of writers) {
      const claim = clientIds.judge(clientId, userId)
      if (claim !== 'theirs') return claim === 'foreign' ? 'foreign-client-id' : 'too-large'
    }
    for (const clientId of writers) clientIds.claim(clientId, userId)
    return null
  }

  #apply(update: Uint8Array): void {
    const { document } = this.#live
    try {
      Y.applyUpdate(document, update, this.#session.origin)
    } catch (error) {
      this.#deps.log.error({ err: error, channel: document.name }, 'Yjs refused an update that looked sound')
      this.#session.refuse('malformed-frame')
      return
    }
    if (document.store.pendingStructs !== null || document.store.pendingDs !== null) {
      // Two structs that wait for each other look sound one by one. Parked text would be stored under a later name.
      document.store.pendingStructs = null
      document.store.pendingDs = null
      this.#refuseMalformed('its structs wait for each other')
      return
    }
    this.#session.answer(true)
  }

  /** An honest client makes no such update: where one is refused all the same, the log has to say over what. */
  #refuseMalformed(why: string): void {
    this.#deps.log.warn({ channel: this.#live.document.name, why }, 'a malformed update was refused')
    this.#session.refuse('malformed-frame')
  }

  /** A reader's page sends nothing [SAVE-8]; its answer to SyncStep1 is fine as long as there is nothing new in it. */
  #readOnly(step: Step, update: Uint8Array, inspection: Inspection): void {
    if (step === 'update') {
      // What was on its way when the right was lost is honest.
      const honest = this.#deps.clock.now() - this.#session.demotedAt < patience.demotion
      honest ? this.#session.answer(false) : this.#session.refuse('access-removed')
      return
    }
    if (!this.#session.maySyncNow()) {
      this.#session.refuse('too-many-frames')
      return
    }
    if (isKnown(this.#live.document, update, inspection)) {
      this.#session.answer(true)
      return
    }
    // Text from before the right was lost: it is told that it is not saved, and reading goes on.
    this.#live.kind.journalled ? this.#session.answer(false) : this.#session.refuse('access-removed')
    return
  }

  #missing(step: Step, update: Uint8Array): void {
    if (step === 'update' && !this.#synced) {
      this.#wait(update)
      return
    }
    const now = this.#deps.clock.now()
    const again = now - this.#missingAt < patience.dependencies
    this.#missingAt = now
    if (again) {
      this.#session.refuse('missing-dependencies')
      return
    }
    this.#session.answer(false)
    this.#session.askForText()
  }

  #wait(update: Uint8Array): void {
    if (this.#early.length === 0) this.#earlySince = this.#deps.clock.now()
    // A copy: the frame may be a view of something much larger.
    this.#early.push(update.slice())
    this.#earlyBytes += update.length
    if (this.#early.length > bounds.waitingFrames || this.#earlyBytes > bounds.waitingBytes) {
      this.#giveUp('too-many-frames')
    }
  }

  #giveUp(reason: CloseReason): void {
    for (let left = this.#early.length; left > 1; left--) this.#session.answer(false)
    this.#early = []
    this.#session.refuse(reason)
  }
}
