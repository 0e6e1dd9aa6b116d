import * as decoding from 'lib0/decoding'

export interface AwarenessEntry {
  clientId: number
  /** Null: gone. */
  state: Record<string, unknown> | null
}

/** A frame of some ids is an honest echo (y-websocket's provider names all it knows); more is not. */
const entriesLimit = 1_000

/** Clocks that leave are the server's time in milliseconds, and honest clients say them again, or one more. */
const clockLimit = Number.MAX_SAFE_INTEGER

/** The states that a frame from a client names; null when it is not readable. */
export function readAwareness(update: Uint8Array): AwarenessEntry[] | null {
  try {
    const decoder = decoding.createDecoder(update)
    const count = decoding.readVarUint(decoder)
    if (count > entriesLimit) return null
    const entries: AwarenessEntry[] = []
    for (let i = 0; i < count; i++) {
      const clientId = decoding.readVarUint(decoder)
      const clock = decoding.readVarUint(decoder)
      const state: unknown = JSON.parse(decoding.readVarString(decoder))
      if (clientId > 0xffffffff || clock > clockLimit || !isState(state)) return null
      entries.push({ clientId, state })
    }
    return decoder.pos === update.length ? entries : null
  } catch {
    return null
  }
}

const isState = (state: unknown): state is Record<string, unknown> | null =>
  state === null || (typeof state === 'object' && !Array.isArray(state))
