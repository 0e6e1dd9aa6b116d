import { blockStart, type Token } from './tokens.ts'

/** So many characters on each side tell a place apart; more of the same text repeated is taken for the nearest. */
const contextLimit = 200

/** So much of the text around must be found again; where less has gone on one side, all of that. */
const leastContext = 3

export interface Counterpart {
  /** Between the tokens before and after this index of the new text. */
  index: number
  /** How many tokens around the place are the same. */
  score: number
  /** What stood before the place is there again, and not only what stood behind. */
  hasLeft: boolean
  /** Both neighbours of the place are there again. */
  hasBoth: boolean
}

/** Tokens with their number in the whole sequence. */
export interface Side {
  tokens: readonly Token[]
  places: readonly number[]
}

/** How many tokens in a row are the same in both: in all, and up to the edge of the block. */
interface Common {
  all: number
  inBlock: number
}

function common(a: readonly Token[], fromA: number, b: readonly Token[], fromB: number, step: 1 | -1): Common {
  let all = 0
  let inBlock: number | null = null
  while (all < contextLimit) {
    const char = a[fromA + all * step]?.char
    if (char !== b[fromB + all * step]?.char) break
    all++
    // Both are at an end of the document.
    if (char === undefined) break
    if (char === blockStart) inBlock ??= all
  }
  return { all, inBlock: inBlock ?? all }
}

/** How many tokens of the block have gone on one side of a place, and have to be found again for it. */
function neededOf({ tokens }: Side, from: number, step: 1 | -1): number {
  const isGone = (token: Token | undefined, first: boolean): boolean =>
    token !== undefined && token.fate !== 'kept' && (first || token.char !== blockStart)
  let gone = 0
  while (gone < leastContext && isGone(tokens[from + gone * step], gone === 0)) gone++
  return gone === 0 ? Number.POSITIVE_INFINITY : gone
}

/**
 * Where text that has gone was written again: the place in the added text with the most of its block's text around it;
 * of equally good ones with the most in all, then the nearest. Null: it was not written again.
 */
export function counterpartOf(before: Side, at: number, after: Side): Counterpart | null {
  const needed = { left: neededOf(before, at - 1, -1), right: neededOf(before, at, 1) }
  if (!Number.isFinite(Math.min(needed.left, needed.right))) return null
  const here = before.places[at] ?? before.places[at - 1] ?? 0
  let best = { index: -1, inBlock: 0, score: 0, distance: 0, hasLeft: false, hasBoth: false }
  for (let index = 0; index <= after.tokens.length; index++) {
    if (after.tokens[index - 1]?.fate !== 'added' && after.tokens[index]?.fate !== 'added') continue
    const left = common(before.tokens, at - 1, after.tokens, index - 1, -1)
    const right = common(before.tokens, at, after.tokens, index, 1)
    const score = left.all + right.all
    if (left.all < needed.left && right.all < needed.right && score < leastContext) continue
    const inBlock = left.inBlock + right.inBlock
    const distance = Math.abs((after.places[index] ?? after.places[index - 1] ?? 0) - here)
    const better = inBlock - best.inBlock || score - best.score || best.distance - distance
    if (best.index < 0 || better > 0)
      best = {
        index,
        inBlock,
        score,
        distance,
        hasLeft: left.all >= needed.left,
        hasBoth: left.all > 0 && right.all > 0,
      }
  }
  return best.index < 0 ? null : best
}
