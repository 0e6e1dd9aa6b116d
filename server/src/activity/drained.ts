import type { ServerResponse } from 'node:http'

/** [LIMIT-2] Waits until the other side has taken what was written; one that takes nothing for `patience` ms is cut off. */
export async function drained(response: ServerResponse, patience: number): Promise<void> {
  if (response.destroyed || !response.writableNeedDrain) return
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(() => response.destroy(), patience)
  response.once('drain', resolve).once('close', resolve)
  await promise
  clearTimeout(timer)
  response.off('drain', resolve).off('close', resolve)
}
