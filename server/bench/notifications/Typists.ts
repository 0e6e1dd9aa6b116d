import type { Histogram } from '../histogram.ts'
import type { LoadClient } from '../loadClient.ts'
import { LoadDocument } from '../loadDocument.ts'
import { Measurement } from '../measurement.ts'
import { moments } from '../moments.ts'
import { Page } from '../page.ts'
import { seededRandom } from '../randomness.ts'
import type { Target } from '../target.ts'

export interface Typing {
  /** In each document, writers included. */
  clients: number
  writers: number
  /** Edits a second of one writer. */
  rate: number
  seed: number
}

/** How long the last deliveries may take. Milliseconds. */
const patience = 10_000

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** People who write in documents all the time, and what their edits take to the others while it is measured. */
export class Typists {
  readonly #measurement = new Measurement()
  readonly #pages: Page[]
  readonly #writers: LoadClient[]
  readonly #typing: Typing
  readonly #random: () => number
  #stopped = false
  #running: Promise<void> = Promise.resolve()

  private constructor(target: Target, typing: Typing) {
    this.#typing = typing
    this.#random = seededRandom(typing.seed)
    this.#pages = target.channels.flatMap((channel) => {
      const document = new LoadDocument(channel)
      return Array.from({ length: typing.clients }, (_, place) => {
        const clientId = Math.floor(this.#random() * 4_294_967_295) + 1
        return new Page(target, document, null, clientId, place < typing.writers, this.#measurement)
      })
    })
    for (const { socket } of this.#pages) {
      socket.onFailure((sentence) => this.#measurement.failures.push(sentence))
    }
    this.#writers = this.#pages.map(({ client }) => client).filter(({ writer }) => writer !== null)
  }

  /** Joins, and types from then on. */
  static async start(target: Target, typing: Typing): Promise<Typists> {
    const typists = new Typists(target, typing)
    await Promise.all(typists.#pages.map((page) => page.join(false)))
    for (const writer of typists.#writers) writer.openParagraph()
    typists.#running = typists.#type()
    return typists
  }

  /** Resolves with what the edits that are sent while `work` runs take to each reader, in ms. */
  async during(work: () => Promise<unknown>): Promise<Histogram> {
    const measurement = this.#measurement
    measurement.open = true
    await work()
    measurement.open = false
    const expected = () => measurement.edits * (this.#typing.clients - 1)
    for (let waited = 0; measurement.deliveries < expected() && waited < patience; waited += 10) await sleep(10)
    return measurement.takeDelivery()
  }

  /** Edits that some reader has not seen, and whatever else must not be. */
  get wrong(): number {
    const { edits, deliveries, refused, gaps, failures } = this.#measurement
    return edits * (this.#typing.clients - 1) - deliveries + refused + gaps + failures.length
  }

  async stop(): Promise<void> {
    this.#stopped = true
    await this.#running
    for (const { socket } of this.#pages) socket.leave()
  }

  async #type(): Promise<void> {
    const due = moments(
      this.#writers.length * this.#typing.rate,
      performance.now(),
      Number.POSITIVE_INFINITY,
      this.#random,
    )
    while (!this.#stopped) {
      for (let left = due(performance.now()); left > 0; left--) {
        this.#writers[Math.floor(this.#random() * this.#writers.length)]?.type('e')
      }
      await sleep(1)
    }
  }
}
