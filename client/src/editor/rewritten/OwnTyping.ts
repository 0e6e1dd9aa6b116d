import * as Y from 'yjs'

/** How long after a key others may still write without having seen it: twice a slow network's round trip. ms */
const underWay = 5_000

/** How many beginnings are tried of what others may not have seen. */
const guesses = 64

/** Whether a change only wrote and deleted characters: blocks that are written anew hold no text that is new. */
function isTyping(transaction: Y.Transaction): boolean {
  const isNew = ({ id }: Y.Item): boolean => id.clock >= (transaction.beforeState.get(id.client) ?? 0)
  for (const type of transaction.changed.keys()) {
    if (type instanceof Y.XmlText) continue
    for (let item = type._start; item !== null; item = item.right) {
      const changes = isNew(item) || (item.deleted && Y.isDeleted(transaction.deleteSet, item.id))
      if (changes && !(item.content instanceof Y.ContentType && item.content.type instanceof Y.XmlText)) return false
    }
  }
  return true
}

interface Change {
  /** The clock of its first character, and the one behind its last. */
  from: number
  to: number
  time: number
  /** Not yet stored by the server when last asked: nobody has seen it [SAVE-2]. */
  unsaved: boolean
}

/** Which of the characters that one typed last others may not have seen when they wrote. */
export class OwnTyping {
  readonly #doc: Y.Doc
  readonly #saved: () => boolean
  #changes: Change[] = []

  /** `saved`: the server has all of one's own text; what it has longer than a moment, everybody has seen. */
  constructor(doc: Y.Doc, saved: () => boolean) {
    this.#doc = doc
    this.#saved = saved
  }

  /** To be called for each own change, before it counts as unsaved. */
  changed(transaction: Y.Transaction): void {
    this.#forget()
    const from = transaction.beforeState.get(this.#doc.clientID) ?? 0
    const to = transaction.afterState.get(this.#doc.clientID) ?? 0
    if (from < to && isTyping(transaction)) this.#changes.push({ from, to, time: performance.now(), unsaved: true })
  }

  /** Whether a character is one of these. */
  includes({ client, clock }: Y.ID): boolean {
    if (client !== this.#doc.clientID) return false
    let low = 0
    let high = this.#changes.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#changes[middle]?.to ?? 0) <= clock) low = middle + 1
      else high = middle
    }
    return (this.#changes[low]?.from ?? Number.POSITIVE_INFINITY) <= clock
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
      if (!(item instanceof Y.Item) || !(item.content instanceof Y.ContentString)) return false
      if (item.deleted) return Y.isDeleted(deleteSet, item.id)
      let left = item.left
      while (left?.deleted && !Y.isDeleted(deleteSet, left.id)) left = left.left
      return left?.deleted === true
    })
  }

  #forget(): void {
    if (this.#changes.length === 0 || !this.#saved()) return
    const since = performance.now() - underWay
    this.#changes = this.#changes.filter(({ time }) => time >= since)
    for (const change of this.#changes) change.unsaved = false
  }
}
