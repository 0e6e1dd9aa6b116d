import * as Y from 'yjs'
import type { FrameClient } from '../test/frameClient.ts'

interface Keys {
  /** One-character inserts and deletes, half and half. */
  count: number
  /** A number in [0, 1). */
  next(): number
  /** Keys in a frame, as a provider merges what is typed within its window. */
  batch?: number
}

/** The text stays about this long, so that deletes keep up with inserts. Characters. */
const length = 2_000
/** Keys until the caret is set elsewhere. */
const keysInAPlace = 20
/** Frames that are not answered yet; a client over a fast line has a few. */
const inFlight = 8

/**
 * Types into the `t` of a channel that `client` has joined: each key is a transaction of its own, at a caret
 * that jumps about.
 * Resolves with the client's own text when all of it is acknowledged; throws when the server refuses something.
 */
export async function typeManyKeys(
  client: FrameClient,
  address: string,
  doc: Y.Doc,
  { count, next, batch = 100 }: Keys,
): Promise<void> {
  const text = doc.getText('t')
  let keys: Uint8Array[] = []
  const collect = (update: Uint8Array) => keys.push(update)
  doc.on('update', collect)
  let caret = 0
  let waiting = 0
  const answersUntil = async (left: number): Promise<void> => {
    for (;;) {
      const statuses = client.statuses
      if (statuses.includes(false)) throw new Error('a key was refused')
      client.frames.length = 0
      waiting -= statuses.length
      if (waiting <= left) return
      await client.until('an answer', () => client.of('status').length > 0)
    }
  }
  client.frames.length = 0
  for (let typed = 0; typed < count; ) {
    for (let i = 0; i < batch && typed < count; i++, typed++) {
      if (next() < 1 / keysInAPlace) caret = Math.floor(next() * text.length)
      caret = Math.min(caret, text.length)
      if (caret === 0 || next() * length * 2 > text.length) text.insert(caret++, 'x')
      else text.delete(--caret, 1)
    }
    client.update(address, Y.mergeUpdates(keys))
    keys = []
    waiting++
    await answersUntil(inFlight)
  }
  await answersUntil(0)
  doc.off('update', collect)
}
