import type { MarkedText } from '@weft/shared/search'
import { markEnd, markStart, unspacedAgain } from './spacing.ts'

const mark = new RegExp(`([${markStart}${markEnd}])`)

/** Takes the marks out of what the index gives, and says where they were; marks that touch are one. */
export function markedText(found: string): MarkedText {
  const marks: [number, number][] = []
  let text = ''
  let start: number | null = null
  for (const piece of unspacedAgain(found).split(mark)) {
    if (piece === markStart) start ??= text.length
    else if (piece !== markEnd) text += piece
    else if (start !== null) {
      const last = marks.at(-1)
      if (last !== undefined && last[1] === start) last[1] = text.length
      else if (text.length > start) marks.push([start, text.length])
      start = null
    }
  }
  return { text, marks }
}
