import type { CommandId } from '@weft/shared/kit'
import { madeBy, placeOf } from './calls.ts'
import type { OutboxRow, Subject } from './OutboxRow.ts'

export interface Plan {
  /** May be sent now, side by side, in their order. */
  ready: OutboxRow[]
  /** Name something whose making was refused: they have no chance any more. */
  lost: OutboxRow[]
}

/**
 * What of the commands, in their order, may go now [EVENT-4]. A command waits for every earlier one that writes what it
 * names, and for every earlier one that counts on what it writes; two that only count on the same document do not wait
 * for each other, but what is put into one place goes there one after the other. `held` ones are not sent now; what depends
 * on them waits, and what goes to the same place does not.
 */
export function planOf(
  rows: readonly OutboxRow[],
  sending: ReadonlySet<CommandId>,
  held: (row: OutboxRow) => boolean,
): Plan {
  const written = new Set<Subject>()
  const read = new Set<Subject>()
  const unmade = new Set<Subject>()
  const stuck = new Set<Subject>()
  const places = new Set(rows.flatMap((row) => (sending.has(row.commandId) ? (placeOf(row.call) ?? []) : [])))
  const plan: Plan = { ready: [], lost: [] }
  for (const row of rows) {
    const made = madeBy(row.call)
    const isLost = [...row.writes, ...row.reads].some((id) => id !== made && unmade.has(id))
    if (made !== null && (row.state === 'refused' || isLost)) unmade.add(made)
    if (row.state !== 'waiting') continue
    if (isLost) {
      plan.lost.push(row)
      continue
    }
    const waits = row.writes.some((id) => written.has(id) || read.has(id)) || row.reads.some((id) => written.has(id))
    for (const id of row.writes) written.add(id)
    for (const id of row.reads) read.add(id)
    const isStuck = held(row) || [...row.writes, ...row.reads].some((id) => stuck.has(id))
    if (isStuck) {
      for (const id of row.writes) stuck.add(id)
      continue
    }
    const place = placeOf(row.call)
    const isTaken = place !== null && places.has(place)
    if (place !== null) places.add(place)
    if (!waits && !isTaken && !sending.has(row.commandId)) plan.ready.push(row)
  }
  return plan
}
