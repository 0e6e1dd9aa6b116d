/**
 * What one session of a channel may claim about own text [SAVE-6]: the sync frames that went out against the
 * SyncStatus frames that came back, which the server sends one for each, in order [SAVE-3].
 *
 * `local` counts the changes of the `Y.Doc` that did not come from the server (loads from the device too); it lives as
 * long as the `Y.Doc`, the record as long as one session.
 */
export class SaveRecord {
  readonly #local: () => number
  #acked = -1
  #awaiting: { upTo: number; full: boolean }[] = []
  #step2 = false
  #refused = false
  #ended = false

  constructor(local: () => number) {
    this.#local = local
  }

  /** Everything up to this count of local changes is on the server's disk; -1: nothing known. */
  get acked(): number {
    return this.#acked
  }

  get refused(): boolean {
    return this.#refused
  }

  get saved(): boolean {
    return !this.#refused && this.#acked === this.#local()
  }

  /** A new socket, or the end of one: what was on its way will not be answered. */
  socketChanged(): void {
    this.#awaiting = []
    this.#step2 = false
    this.#ended = false
  }

  /** The server closed the channel: nothing counts that comes later over this socket. */
  end(): void {
    this.#awaiting = []
    this.#ended = true
  }

  /** Call before the frame leaves. An Update before the first SyncStep2 proves nothing: it may lack what came before. */
  sent(type: 'sync-step-2' | 'update'): void {
    if (this.#ended) return
    const full = type === 'sync-step-2'
    if (full) this.#step2 = true
    this.#awaiting.push({ upTo: this.#step2 ? this.#local() : -1, full })
  }

  answered(stored: boolean): void {
    const first = this.#ended ? undefined : this.#awaiting.shift()
    if (first === undefined) return
    if (!stored) {
      this.#refused = true
      return
    }
    this.#acked = Math.max(this.#acked, first.upTo)
    // What a refused frame held is in every SyncStep2 after it, and answers come in order.
    if (first.full) this.#refused = false
  }
}
