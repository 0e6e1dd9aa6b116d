import { mergeUpdates } from 'yjs'

/** Yjs sorts all that it merges for each piece that it takes: with hundreds, most of the time goes there. */
const atOnce = 32

/** `Y.mergeUpdates` for any number of updates, at least one: the same bytes, in time that grows as their number does. */
export function mergeMany(updates: readonly Uint8Array[]): Uint8Array {
  let level = updates
  while (level.length > atOnce) {
    const next: Uint8Array[] = []
    for (let from = 0; from < level.length; from += atOnce) next.push(mergeMany(level.slice(from, from + atOnce)))
    level = next
  }
  return level.length === 1 ? (level[0] as Uint8Array) : mergeUpdates([...level])
}
