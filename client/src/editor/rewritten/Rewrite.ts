import type { Schema } from '@tiptap/pm/model'
import * as Y from 'yjs'
import { counterpartOf, type Side } from './counterpart.ts'
import type { OwnTyping } from './OwnTyping.ts'
import { beforeElement, placeBetween } from './places.ts'
import { blockStart, type Fate, type Token, type Tokens, tokensOf, untouched } from './tokens.ts'

const keyOf = ({ client, clock }: Y.ID): string => `${client}:${clock}`

/** Whether a transaction has deleted what a position holds on to: its character, or the first of the text it begins. */
export function isDisturbed({ item, type, assoc }: Y.RelativePosition, { deleteSet, doc }: Y.Transaction): boolean {
  const known = item ?? type
  if (known === null || deleteSet.clients.size === 0) return false
  if (Y.isDeleted(deleteSet, known)) return true
  if (item !== null || assoc >= 0 || Y.getState(doc.store, known.client) <= known.clock) return false
  const struct = Y.getItem(doc.store, known)
  let first = struct instanceof Y.Item && struct.content instanceof Y.ContentType ? struct.content.type._start : null
  while (first?.deleted && !Y.isDeleted(deleteSet, first.id)) first = first.right
  return first?.deleted === true
}

/** Own characters side by side, and where they belong now. */
export interface Run {
  tokens: Token[]
  place: Y.RelativePosition
}

export const textOf = (tokens: readonly Token[]): string => tokens.map(({ char }) => char).join('')

/** One transaction's changes to a field, and where what it has deleted was written again. */
export class Rewrite {
  readonly #tokens: Tokens
  readonly #transaction: Y.Transaction
  /** Own characters from this clock on were not known to the one who made the change. */
  #unseenFrom = Number.POSITIVE_INFINITY
  #typing: OwnTyping | null = null
  #before: Side = { tokens: [], places: [] }
  #after: Side = { tokens: [], places: [] }
  /** Own characters that were written once more, by their old id. */
  readonly #carried = new Map<string, Y.ID>()

  constructor(field: Y.XmlFragment, transaction: Y.Transaction, schema: Schema) {
    this.#transaction = transaction
    this.#tokens = tokensOf(field, transaction, schema)
    this.#separate()
  }

  /** The position between the same characters in the text as it is now; as near as can be where they have gone. */
  follow(position: Y.RelativePosition): Y.RelativePosition {
    const copy = position.item && this.#carried.get(keyOf(position.item))
    if (copy) return placeAfterId(position, copy, this.#transaction.doc) ?? position
    if (!isDisturbed(position, this.#transaction)) return position
    const place = this.#placeOf(position)
    if (place === null) return position
    const at = this.#indexBefore(place)
    const again = counterpartOf(this.#before, at, this.#after)
    const found = again?.hasLeft ? again.index : (this.#keptAt(at) ?? again?.index ?? null)
    const [left, right] = found === null ? [] : this.#around(found)
    if (right?.element && position.item !== null && position.assoc >= 0) return beforeElement(right)
    return placeBetween(left, right) ?? this.#nearest(place) ?? position
  }

  /**
   * Finds own characters that somebody could not know who wrote the text around them anew: they stand where that text
   * was, or have gone with its block.
   */
  strandedRuns(typing: OwnTyping): Run[] {
    this.#typing = typing
    const from = this.#bestGuess(typing)
    if (from === null) return []
    this.#unseenFrom = from
    this.#separate()
    const runs: Run[] = []
    let last = { run: null as Run | null, place: -1, at: -1 }
    for (const [place, token] of this.#tokens.all.entries()) {
      if (!this.#isUnseen(token)) continue
      const at = this.#indexBefore(place)
      const goesOn = last.place === place - 1 && last.at === at
      const run = goesOn ? last.run : this.#isStranded(token, at) ? this.#runAt(at) : null
      if (run && !goesOn) runs.push(run)
      run?.tokens.push(token)
      last = { run, place, at }
    }
    return runs.filter((run) => !this.#isThere(run))
  }

  /** Says that a character of one's own stands somewhere else now. */
  carried(token: Token, copy: Y.ID): void {
    this.#carried.set(keyOf(token.id), copy)
  }

  /** A run that was deleted is in the new text more often than in what was deleted beside it: the other knew it after all. */
  #isThere({ tokens }: Run): boolean {
    if (tokens[0]?.fate !== 'gone') return false
    const run = textOf(tokens)
    const times = (side: Side, fate: Fate): number =>
      textOf(side.tokens.filter((token) => token.fate === fate)).split(run).length
    return times(this.#after, 'added') > times(this.#before, 'gone')
  }

  #runAt(at: number): Run | null {
    const found = counterpartOf(this.#before, at, this.#after)
    const place = found && placeBetween(...this.#around(found.index))
    return place && { tokens: [], place }
  }

  /** Before it, or all around it, text has gone. */
  #isStranded(token: Token, at: number): boolean {
    const left = this.#before.tokens[at - 1]
    return token.fate === 'gone' || (left?.fate === 'gone' && left.parent === token.parent)
  }

  /**
   * Which of one's own characters the other had not seen: the text that they wrote again is the old text without them,
   * so that leaving out the right ones finds the most of it.
   */
  #bestGuess({ clocks, unsavedFrom }: OwnTyping): number | null {
    const reference = this.#tokens.all.findLastIndex(
      (token, place) =>
        token.element === null &&
        this.#typing?.includes(token.id) &&
        (token.fate === 'gone' || this.#tokens.all[place - 1]?.fate === 'gone'),
    )
    if (reference < 0) return null
    const hasGone = this.#tokens.all[reference]?.fate === 'gone'
    let best = { score: 0, from: Number.POSITIVE_INFINITY }
    for (const from of [...clocks, Number.POSITIVE_INFINITY]) {
      this.#unseenFrom = from
      this.#separate()
      const found = counterpartOf(this.#before, this.#indexBefore(reference + 1), this.#after)
      // What has gone and may have been seen may have been deleted: then its neighbours stand apart.
      const counts = found?.hasBoth || !hasGone || from === unsavedFrom
      const score = counts ? (found?.score ?? 0) : 0
      // Of equally good guesses the one that loses no text that may be unknown.
      if (score > best.score || (score === best.score && from <= unsavedFrom)) best = { score, from }
    }
    this.#unseenFrom = Number.POSITIVE_INFINITY
    this.#separate()
    return Number.isFinite(best.from) ? best.from : null
  }

  #isUnseen({ id, element, fate }: Token): boolean {
    return element === null && fate !== 'added' && id.clock >= this.#unseenFrom && this.#typing?.includes(id) === true
  }

  #separate(): void {
    const before: { tokens: Token[]; places: number[] } = { tokens: [], places: [] }
    const after: typeof before = { tokens: [], places: [] }
    this.#tokens.all.forEach((token, place) => {
      if (this.#isUnseen(token)) return
      for (const side of [before, after]) {
        if (token.fate === (side === before ? 'added' : 'gone')) continue
        side.tokens.push(token)
        side.places.push(place)
      }
    })
    this.#before = before
    this.#after = after
  }

  /** What stands behind a place and is no beginning of a block has stayed: the place in the new text is before it. */
  #keptAt(at: number): number | null {
    const right = this.#before.tokens[at]
    if (right?.fate !== 'kept' || right.char === blockStart || right.char === untouched) return null
    return this.#after.tokens.indexOf(right)
  }

  #around(index: number): [Token | undefined, Token | undefined] {
    return [this.#after.tokens[index - 1], this.#after.tokens[index]]
  }

  /** How many tokens of the old text stand before a place in the whole sequence. */
  #indexBefore(place: number): number {
    const { places } = this.#before
    let low = 0
    let high = places.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((places[middle] ?? 0) < place) low = middle + 1
      else high = middle
    }
    return low
  }

  #placeOf({ item, type, assoc }: Y.RelativePosition): number | null {
    const { all, before, starts, ends } = this.#tokens
    const known = item ?? type
    if (known === null) return null
    const struct = Y.getItem(this.#transaction.doc.store, known)
    const element = struct instanceof Y.Item && struct.content instanceof Y.ContentType ? struct.content.type : null
    if (item === null) return (element instanceof Y.XmlText && assoc < 0 ? starts : ends).get(element) ?? null
    if (element !== null) return before.get(element) ?? null
    const place = all.findIndex(({ id }) => id.client === item.client && id.clock === item.clock)
    return place < 0 ? null : place + (assoc < 0 ? 1 : 0)
  }

  /** What was deleted is nowhere: the nearest place before it, or behind. */
  #nearest(place: number): Y.RelativePosition | null {
    const isThere = (token: Token | undefined): boolean => token !== undefined && token.fate !== 'gone'
    const { all } = this.#tokens
    const left = all.findLastIndex((token, i) => i < place && isThere(token))
    const right = all.findIndex((token, i) => i >= place && isThere(token))
    return placeBetween(all[left], undefined) ?? placeBetween(undefined, all[right])
  }
}

function placeAfterId(position: Y.RelativePosition, id: Y.ID, doc: Y.Doc): Y.RelativePosition | null {
  const copy = Y.getItem(doc.store, id)
  const parent = copy instanceof Y.Item && copy.parent instanceof Y.XmlText ? copy.parent : null
  return parent?._item ? new Y.RelativePosition(parent._item.id, null, id, position.assoc) : null
}
