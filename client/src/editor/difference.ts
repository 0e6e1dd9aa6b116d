import type { Node } from '@tiptap/pm/model'

/** The one stretch in which two documents differ, however many changes made it. */
export interface Difference {
  from: number
  /** Its end in the document before. */
  before: number
  /** Its end in the document now. */
  now: number
}

/**
 * What differs between two documents, or null. y-tiptap replaces the whole content for each change of another person, so
 * a transaction's own mapping says nothing; equal nodes that are one object are passed over at once.
 */
export function differenceOf(before: Node, now: Node): Difference | null {
  const from = before.content.findDiffStart(now.content)
  const end = before.content.findDiffEnd(now.content)
  if (from === null || end === null) return null
  // In repeated text the common end may reach over the common start.
  const overlap = Math.max(0, from - Math.min(end.a, end.b))
  return { from, before: end.a + overlap, now: end.b + overlap }
}
