import type { Schema } from '@tiptap/pm/model'
import { must } from '@weft/shared/kit'
import * as Y from 'yjs'
import { counterpartOf, type Side } from './counterpart.ts'
import type { OwnTyping } from './OwnTyping.ts'
import { beforeElement, placeAt, placeBehind, placeBetween } from './places.ts'
import { blockOf, blockStart, type Fate, isInline, type Token, type Tokens, tokensOf } from './tokens.ts'

const keyOf = ({ client, clock }: Y.ID): string => `${client}:${clock}`

/**
 * Whether a transaction has deleted what a position holds on to: its character, the first of the text it begins, or the
 * leaf at the end of a line.
 */
export function isDisturbed({ item, type, assoc }: Y.RelativePosition, { deleteSet, doc }: Y.Transaction): boolean {
  const known = item ?? type
  if (known === null || deleteSet.clients.size === 0) return false
  if (Y.isDeleted(deleteSet, known)) return true
  if (item !== null || Y.getState(doc.store, known.client) <= known.clock) return false
  const struct = Y.getItem(doc.store, known)
  const element = struct instanceof Y.Item && struct.content instanceof Y.ContentType ? struct.content.type : null
  const wasThere = ({ deleted, id }: Y.Item): boolean => !deleted || Y.isDeleted(deleteSet, id)
  let beside: Y.Item | null = null
  for (let child = element?._start ?? null; child !== null; child = child.right) {
    if (!wasThere(child)) continue
    beside = child
    if (assoc < 0) break
  }
  return beside?.deleted === true
}

/** Own characters and leaves side by side, and where they belong now. */
export interface Run {
  tokens: Token[]
  place: Y.RelativePosition
  doubles: Double[]
}

/** What is there twice, as both wrote it anew, or again, as one had deleted it and the other wrote it anew. */
export interface Double {
  token: Token
  /** What it goes for; null: nothing. */
  instead: Y.ID | null
}

export const textOf = (tokens: readonly Token[]): string => tokens.map(({ char }) => char).join('')

/** One transaction's changes to a field, and where what it has deleted was written again. */
export class Rewrite {
  readonly schema: Schema
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
    this.schema = schema
    this.#transaction = transaction
    this.#tokens = tokensOf(field, transaction, schema)
    this.#separate()
  }

  /** The position between the same characters in the text as it is now; as near as can be where they have gone. */
  follow(position: Y.RelativePosition): Y.RelativePosition {
    const carried = this.#withCarried(position)
    if (carried !== null) return carried
    if (!isDisturbed(position, this.#transaction)) return position
    const found = this.#found(position)
    return this.#withCarried(found) ?? found
  }

  /** The position where what it holds on to, or stands behind, was carried to. */
  #withCarried(position: Y.RelativePosition): Y.RelativePosition | null {
    if (this.#carried.size === 0) return null
    const { doc } = this.#transaction
    const copy = position.item && this.#carried.get(keyOf(position.item))
    if (copy) return placeAt(doc, copy, position.assoc)
    const left = position.item === null ? this.#tokens.all[(this.#placeOf(position) ?? 0) - 1] : undefined
    const behind = left && this.#carried.get(keyOf(left.id))
    return behind ? placeBehind(doc, behind) : null
  }

  #found(position: Y.RelativePosition): Y.RelativePosition {
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

  /** Says that a character or leaf stands somewhere else now. */
  carried(id: Y.ID, copy: Y.ID): void {
    this.#carried.set(keyOf(id), copy)
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
    return place && { tokens: [], place, doubles: this.#doublesAt(at, found.index) }
  }

  /**
   * A leaf is put in the place of text, and the rest of its line is written anew behind it. Of what the other has written
   * anew too, the first is taken away again, and of the second one's own.
   */
  #doublesAt(at: number, index: number): Double[] {
    const { tokens } = this.#before
    const replaced = firstOf(tokens, at, ({ fate }) => fate === 'replaced')
    const copies = this.#copiesOf(replaced, index)
    const again = firstOf(tokens, at + replaced.length, ({ fate }) => fate === 'again')
    const ofAgain = this.#copiesOf(again, index + copies.length)
    return [
      ...copies.map((token) => ({ token, instead: null })),
      ...ofAgain.map(({ id }, i) => ({ token: must(again[i], 'what it is a copy of'), instead: id })),
    ]
  }

  /** The same in the text that came, from a place on; empty unless all of it is there. */
  #copiesOf(tokens: readonly Token[], index: number): readonly Token[] {
    const there = this.#after.tokens.slice(index, index + tokens.length)
    return tokens.every(({ char }, i) => there[i]?.char === char && there[i]?.fate === 'added') ? there : []
  }

  #wasWrittenAgain({ id, fate }: Token): boolean {
    return fate === 'kept' && this.#typing?.wroteAgain(id) === true
  }

  /** Before it, or all around it, text has gone. */
  #isStranded(token: Token, at: number): boolean {
    const left = this.#before.tokens[at - 1]
    const mayHaveGone = left?.fate === 'gone' || left?.fate === 'again'
    return token.fate === 'gone' || (mayHaveGone && blockOf(left) === blockOf(token))
  }

  /**
   * Which of one's own characters the other had not seen: the text that they wrote again is the old text without them,
   * so that leaving out the right ones finds the most of it.
   */
  #bestGuess({ clocks, unsavedFrom }: OwnTyping): number | null {
    const reference = this.#tokens.all.findLastIndex(
      (token, place) =>
        isInline(token) &&
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

  #isUnseen(token: Token): boolean {
    const { id, fate } = token
    return isInline(token) && fate !== 'added' && id.clock >= this.#unseenFrom && this.#typing?.includes(id) === true
  }

  #separate(): void {
    const before: { tokens: Token[]; places: number[] } = { tokens: [], places: [] }
    const after: typeof before = { tokens: [], places: [] }
    let replaced: Token[] = []
    this.#tokens.all.forEach((token, place) => {
      if (this.#isUnseen(token)) {
        const known = (this.#typing?.replacedBy(token.id) ?? []).filter((other) => !this.#isUnseen(other))
        replaced.push(...known.map((other): Token => ({ ...other, fate: 'replaced' })))
        return
      }
      // For the other it is still there: behind all that they do not know.
      before.tokens.push(...replaced)
      before.places.push(...replaced.map(() => place - 0.5))
      replaced = []
      for (const side of [before, after]) {
        if (token.fate === (side === before ? 'added' : 'gone')) continue
        side.tokens.push(side === before && this.#wasWrittenAgain(token) ? { ...token, fate: 'again' } : token)
        side.places.push(place)
      }
    })
    before.tokens.push(...replaced)
    before.places.push(...replaced.map(() => this.#tokens.all.length - 0.5))
    this.#before = before
    this.#after = after
  }

  /** What stands behind a place and is no beginning of a block has stayed: the place in the new text is before it. */
  #keptAt(at: number): number | null {
    const right = this.#before.tokens[at]
    if (right?.fate !== 'kept' && right?.fate !== 'again') return null
    if (right.char === blockStart || right.kind === 'untouched') return null
    return this.#after.tokens.findIndex(({ id }) => keyOf(id) === keyOf(right.id))
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

/** The tokens from a place on that are of a kind, up to the first that is not. */
function firstOf(tokens: readonly Token[], from: number, isOne: (token: Token) => boolean): Token[] {
  const end = tokens.findIndex((token, i) => i >= from && !isOne(token))
  return tokens.slice(from, end < 0 ? undefined : end)
}
