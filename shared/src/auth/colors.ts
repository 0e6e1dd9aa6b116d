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

/** The colour of a person's caret and avatar: a hash (FNV-1a, 32 bit) of the id, the same everywhere. */
export function personColor(id: UserId): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193)
  return personColors[(hash >>> 0) % personColors.length] ?? personColors[0]
}
