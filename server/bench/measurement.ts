import { Histogram } from './histogram.ts'

/** What the clients of one run see; edits count that were sent while `open` was true. */
export class Measurement {
  open = false
  edits = 0
  /** One edit seen by one reader other than its author, however many edits shared the frame. */
  deliveries = 0
  refused = 0
  /** Edits that reached a reader after a later one of the same writer: with TCP and one server this means a lost one. */
  gaps = 0
  /** Frames with updates that reached readers. */
  frames = 0
  /** All frames that came, and their bytes without the WebSocket's own. */
  framesIn = 0
  bytesIn = 0
  /** Moves of carets that were sent, and each as one reader saw it; a newer place stands for the older ones. */
  moves = 0
  movesSeen = 0
  readonly caret = new Histogram()
  delivery = new Histogram()
  readonly acknowledgement = new Histogram()
  /** Sentences about sockets that ended by themselves. */
  readonly failures: string[] = []

  /** The deliveries so far; those from now on are counted anew. */
  takeDelivery(): Histogram {
    const taken = this.delivery
    this.delivery = new Histogram()
    return taken
  }
}

/** Times and clocks of one writer's edits, for all readers of its document to look up. */
export class Writer {
  readonly client: number
  /** Its place among the writers of its document. */
  readonly index: number
  /** By clock: when the edit was sent, in ms; 0 for edits that are not measured. */
  readonly #sentAt: number[] = []
  /** By number of the move: when the caret's place was sent, in ms; 0 for moves that are not measured. */
  readonly #movedAt: number[] = []

  constructor(client: number, index: number) {
    this.client = client
    this.index = index
  }

  sent(clock: number, at: number): void {
    this.#sentAt[clock] = at
  }

  sentAt(clock: number): number {
    return this.#sentAt[clock] ?? 0
  }

  /** Notes a move of the caret and returns its number. */
  moved(at: number): number {
    return this.#movedAt.push(at) - 1
  }

  movedAt(move: number): number {
    return this.#movedAt[move] ?? 0
  }
}
