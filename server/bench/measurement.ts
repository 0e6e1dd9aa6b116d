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
  readonly delivery = new Histogram()
  readonly acknowledgement = new Histogram()
  /** Sentences about sockets that ended by themselves. */
  readonly failures: string[] = []
}

/** Times and clocks of one writer's edits, for all readers of its document to look up. */
export class Writer {
  readonly client: number
  /** Its place among the writers of its document. */
  readonly index: number
  /** By clock: when the edit was sent, in ms; 0 for edits that are not measured. */
  readonly #sentAt: number[] = []

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
}
