import type { WindowChange, WindowHandle } from '../sync/index.ts'

/** Windows that are changed in one turn of the event loop: some two milliseconds. */
const atOnce = 10

/**
 * The same windows, changed in their order but a few in each turn: what hundreds are told in one commit must not hold up
 * those who type. A window that is built meanwhile has what waits for it already, by the sequence.
 */
export function paced(handle: WindowHandle): WindowHandle {
  const waiting: { id: string; change: WindowChange }[] = []
  let going = false

  function go(): void {
    for (const { id, change } of waiting.splice(0, atOnce)) handle.apply(id, change)
    going = waiting.length > 0
    if (going) setImmediate(go)
  }

  return {
    ...handle,
    apply(id, change) {
      waiting.push({ id, change })
      if (going) return
      going = true
      // What comes in one turn is told of together, before anything else that waits for a turn.
      queueMicrotask(go)
    },
  }
}
