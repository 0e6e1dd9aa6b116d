import * as Y from 'yjs'
import type { Token } from './tokens.ts'
import { type Clocks, type Read, typedIn } from './typed.ts'

/** How long after a key others may still write without having seen it: twice a slow network's round trip. ms */
const underWay = 5_000

/** How many beginnings are tried of what others may not have seen. */
const guesses = 64

interface Change extends Clocks {
  time: number
  /** Not yet stored by the server when last asked: nobody has seen it [SAVE-2]. */
  unsaved: boolean
}

const isIn = (runs: readonly Clocks[], clock: number): boolean => {
  let low = 0
  let high = runs.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((runs[middle]?.to ?? 0) <= clock) low = middle + 1
    else high = middle
  }
  return (runs[low]?.from ?? Number.POSITIVE_INFINITY) <= clock
}

/** Whether all that stands before an item, up to what was there before the transaction, was deleted by it. */
function isBehindGone(item: Y.Item, deleteSet: Y.Transaction['deleteSet']): boolean {
  const wasThere = ({ deleted, id }: Y.Item): boolean => !deleted || Y.isDeleted(deleteSet, id)
  let left = item.left
  while (left !== null && !wasThere(left)) left = left.left
  const type = left?.content instanceof Y.ContentType ? left.content.type : null
  if (left === null || left.deleted || !(type instanceof Y.XmlText)) return left?.deleted === true
  let last: Y.Item | null = null
  for (let inside = type._start; inside !== null; inside = inside.right) if (wasThere(inside)) last = inside
  return last?.deleted === true
}

/** Which of the characters, and leaves among them, that one typed last others may not have seen when they wrote. */
export class OwnTyping {
  readonly #doc: Y.Doc
  readonly #saved: () => boolean
  #changes: Change[] = []
  #again: Change[] = []
  readonly #replaced = new Map<number, readonly Token[]>()

  /** `saved`: the server has all of one's own text; what it has longer than a moment, everybody has seen. */
  constructor(doc: Y.Doc, saved: () => boolean) {
    this.#doc = doc
    this.#saved = saved
  }

  /** To be called for each own change, before it counts as unsaved. */
  changed(transaction: Y.Transaction, fields: readonly Read[]): void {
    this.#forget()
    const { fresh, again, replaced } = typedIn(transaction, this.#doc.clientID, fields)
    const now = { time: performance.now(), unsaved: true }
    for (const run of fresh) this.#changes.push({ ...run, ...now })
    for (const run of again) this.#again.push({ ...run, ...now })
    for (const [clock, words] of replaced) this.#replaced.set(clock, words)
  }

  /** Whether a character or leaf is one of these. */
  includes({ client, clock }: Y.ID): boolean {
    return client === this.#doc.clientID && isIn(this.#changes, clock)
  }

  /** Whether it stands for one that was there before: what is behind a leaf was written again with it. */
  wroteAgain({ client, clock }: Y.ID): boolean {
    return client === this.#doc.clientID && isIn(this.#again, clock)
  }

  /** What a leaf was put in the place of. */
  replacedBy({ client, clock }: Y.ID): readonly Token[] {
    return (client === this.#doc.clientID && this.#replaced.get(clock)) || []
  }

  /** From which clocks on they may be unseen, rising. */
  get clocks(): readonly number[] {
    this.#forget()
    const clocks = this.#changes.map(({ from }) => from)
    return [...clocks.filter((from) => from === this.unsavedFrom).slice(0, 1), ...clocks.slice(-guesses)].sort(
      (a, b) => a - b,
    )
  }

  /**
   * The first that the server may not have: it says when it has all, so while one types on and on it has most of what
   * follows.
   */
  get unsavedFrom(): number {
    return this.#changes.find(({ unsaved }) => unsaved)?.from ?? Number.POSITIVE_INFINITY
  }

  /** Whether a transaction deletes such text, or what stands right before it. */
  touchedBy({ deleteSet }: Y.Transaction): boolean {
    this.#forget()
    const from = this.#changes[0]?.from
    const structs = this.#doc.store.clients.get(this.#doc.clientID)
    if (from === undefined || structs === undefined) return false
    return structs.slice(Y.findIndexSS(structs, from)).some((item) => {
      if (!(item instanceof Y.Item)) return false
      const isText = item.content instanceof Y.ContentString
      const isLeaf = item.content instanceof Y.ContentType && this.includes(item.id)
      if (!isText && !isLeaf) return false
      return item.deleted ? Y.isDeleted(deleteSet, item.id) : isBehindGone(item, deleteSet)
    })
  }

  #forget(): void {
    if (this.#changes.length === 0 || !this.#saved()) return
    const since = performance.now() - underWay
    this.#changes = this.#changes.filter(({ time }) => time >= since)
    this.#again = this.#again.filter(({ time }) => time >= since)
    for (const change of this.#changes) change.unsaved = false
    const first = this.#changes[0]?.from ?? Number.POSITIVE_INFINITY
    for (const clock of this.#replaced.keys()) if (clock < first) this.#replaced.delete(clock)
  }
}
