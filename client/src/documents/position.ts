/**
 * A position for what is shown at a place that the server has not given it yet, between its neighbours' ones (null: the
 * end of the list). '!' sorts before everything that the server's positions consist of, so one fits between any two.
 */
export function positionBetween(before: string | null, after: string | null): string {
  if (before === null) return after === null ? 'a' : `!${after}`
  return after?.startsWith(before) ? `${before}!${after.slice(before.length)}` : `${before}!a`
}
