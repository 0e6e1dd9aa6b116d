import * as Y from 'yjs'

/** All that a `RandomText` shows; Yjs knows the types of what was loaded only when they are named. */
export function jsonOf(doc: Y.Doc): unknown {
  return {
    text: doc.getText('text').toJSON(),
    map: doc.getMap('map').toJSON(),
    body: doc.getXmlFragment('body').toJSON(),
  }
}

/** For tests: a document that two people edit at random, the same for the same seed. Keeps what was deleted. */
export class RandomText {
  readonly doc = new Y.Doc({ gc: false })
  updates = 0
  readonly #other = new Y.Doc({ gc: false })
  readonly #made: Uint8Array[] = []
  #state: number

  constructor(seed: number) {
    this.#state = seed * 2_654_435_761
    this.doc.clientID = 1_000 + seed * 2
    this.#other.clientID = 1_001 + seed * 2
    for (const doc of [this.doc, this.#other])
      doc.on('update', (update: Uint8Array, _origin: unknown, _doc: Y.Doc, { local }: Y.Transaction) => {
        if (local) this.#made.push(update)
      })
  }

  /** A whole number from 0 to below `bound` (xorshift). */
  random(bound: number): number {
    this.#state ^= this.#state << 13
    this.#state ^= this.#state >>> 17
    this.#state ^= this.#state << 5
    return (this.#state >>> 0) % bound
  }

  /** Makes so many changes and returns their updates, in an order in which each can be applied. */
  edit(times: number): Uint8Array[] {
    for (let i = 0; i < times; i++) {
      const [from, to] = this.random(2) === 0 ? [this.doc, this.#other] : [this.#other, this.doc]
      const before = this.#made.length
      while (this.#made.length === before) this.#change(from)
      for (const update of this.#made.slice(before)) Y.applyUpdate(to, update)
    }
    this.updates += this.#made.length
    return this.#made.splice(0)
  }

  json(): unknown {
    return jsonOf(this.doc)
  }

  stateVector(): Uint8Array {
    return Y.encodeStateVector(this.doc)
  }

  #change(doc: Y.Doc): void {
    const text = doc.getText('text')
    const at = this.random(text.length + 1)
    const kind = this.random(10)
    if (kind < 6) text.insert(at, `word ${this.random(1_000)} `)
    else if (kind < 8) text.delete(at, Math.min(this.random(30), text.length - at))
    else if (kind < 9) doc.getMap('map').set(`key ${this.random(5)}`, this.random(1_000))
    else doc.getXmlFragment('body').insert(0, [new Y.XmlElement(`p${this.random(5)}`)])
  }
}
