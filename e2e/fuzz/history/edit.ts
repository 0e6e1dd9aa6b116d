import * as Y from 'yjs'

/** An update, and by what it is known that somebody has it. */
export interface Edit {
  update: Uint8Array
  /** By client id, the clock behind its last struct. */
  clocks: ReadonlyMap<number, number>
  deleted: readonly { client: number; clock: number; end: number }[]
}

export function editOf(update: Uint8Array): Edit {
  const { structs, ds } = Y.decodeUpdate(update)
  const clocks = new Map<number, number>()
  for (const { id, length } of structs) clocks.set(id.client, Math.max(clocks.get(id.client) ?? 0, id.clock + length))
  const deleted = [...ds.clients].flatMap(([client, ranges]) =>
    ranges.map(({ clock, len }) => ({ client, clock, end: clock + len })),
  )
  return { update, clocks, deleted }
}

/** Whether a document has all of an edit: its text, and what it deleted. */
export function contains({ store }: Y.Doc, { clocks, deleted }: Edit): boolean {
  for (const [client, clock] of clocks) if (Y.getState(store, client) < clock) return false
  for (const { client, clock: from, end } of deleted) {
    if (Y.getState(store, client) < end) return false
    for (let clock = from; clock < end; ) {
      const struct = Y.getItem(store, Y.createID(client, clock))
      if (!struct.deleted) return false
      clock = struct.id.clock + struct.length
    }
  }
  return true
}
