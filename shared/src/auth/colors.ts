import type { UserId } from '../kit/index.ts'

/** Distinguishable on light and dark, each with 4.5:1 against white text (checked in colors.test.ts). */
export const personColors = [
  '#b4322f',
  '#a8480b',
  '#8a5a00',
  '#5d6b00',
  '#2d7423',
  '#0b7656',
  '#00728a',
  '#1667b0',
  '#4357c9',
  '#7346c4',
  '#9a3ab0',
  '#b02d74',
] as const

/** The colour, by its place, that a person has until others have it too: a hash (FNV-1a, 32 bit) of the id. */
export function firstColor(id: UserId): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193)
  return (hash >>> 0) % personColors.length
}

/** From one colour to the next that is tried: not its neighbour, and through all of them. */
const stride = 5

/** The colour of a person's caret and avatar, the same everywhere; `given` is what was chosen for them instead of the first. */
export const personColor = (id: UserId, given: number | null = null): string =>
  personColors[given ?? firstColor(id)] ?? personColors[0]

/**
 * The colour for somebody who comes among others: the one they have if it is free, else another free one; null: none is.
 */
export function freeColor(own: number, taken: ReadonlySet<number>): number | null {
  const order = personColors.map((_, step) => (own + step * stride) % personColors.length)
  return order.find((color) => !taken.has(color)) ?? null
}
