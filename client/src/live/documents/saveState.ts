import type { CloseReason } from '@weft/shared/sync'
import type { Connection, DocumentSessionState, SaveState } from '../types.ts'

export interface SaveFacts {
  /** The record's word: every local change is acknowledged. */
  saved: boolean
  connection: Connection
  closed: CloseReason | null
  /** The server's journal cannot write, with its sentence. */
  stopped: { detail?: string } | null
  /** Every own change is on the device, and the device does not refuse. */
  onDevice: boolean
  deviceFailed: boolean
}

/** The one word about one's own text [SAVE-6]. */
export function saveState(facts: SaveFacts): SaveState {
  if (facts.closed !== null) return { word: 'not-saved', why: facts.closed }
  if (facts.stopped !== null) return { word: 'not-saved', why: 'storage-stopped', ...facts.stopped }
  if (facts.saved) return { word: 'saved' }
  if (facts.connection !== 'offline') return { word: 'saving' }
  if (facts.deviceFailed) return { word: 'not-saved', why: 'device-store' }
  return facts.onDevice ? { word: 'offline' } : { word: 'saving' }
}

/** Whether a page that shows one would show the other just so. */
export function sameState(a: DocumentSessionState, b: DocumentSessionState): boolean {
  return sameButSave(a, b) && shallowEqual(a.save, b.save)
}

/** Whether they differ at most in what is said of saving. */
export function sameButSave(a: DocumentSessionState, b: DocumentSessionState): boolean {
  const { save: one, ...rest } = a
  const { save: other, ...others } = b
  return shallowEqual(rest, others)
}

const shallowEqual = (a: object, b: object): boolean => {
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))]
  return left.length === right.size && left.every(([key, value]) => right.has(key) && right.get(key) === value)
}
