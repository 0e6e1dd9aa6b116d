import type * as decoding from 'lib0/decoding'
import * as Y from 'yjs'
import { bounds } from './bounds.ts'
import { contentIsSound, depthIsSound } from './nesting.ts'

/** What an update would do to a document, found before Yjs sees it. */
export type Inspection =
  /** `why` is for the log, and names no text. */
  | { verdict: 'malformed'; why: string }
  /** Yjs would park it and later integrate it under the deliverer's name. */
  | { verdict: 'missing-dependencies' }
  /** Client ids that bring structs above the document's state vector; none: at most deletions are new. */
  | { verdict: 'sound'; writers: readonly number[] }

const malformed = (why: string): Inspection => ({ verdict: 'malformed', why })

let lastDecoder: decoding.Decoder | null = null
class ExactDecoder extends Y.UpdateDecoderV1 {
  constructor(decoder: decoding.Decoder) {
    super(decoder)
    lastDecoder = decoder
  }
}

/** Reads a V1 update to its end. Throws where it does not end where its bytes do, as V2 updates do not. */
function decode(update: Uint8Array): { structs: (Y.Item | Y.GC | Y.Skip)[]; ds: { clients: Map<number, Range[]> } } {
  const decoded = Y.decodeUpdateV2(update, ExactDecoder)
  if (lastDecoder?.pos !== update.length) throw new Error('the update does not end where its bytes do')
  return decoded
}

interface Range {
  clock: number
  len: number
}

/**
 * Judges an update against a document that has no pending structs. Everything that it carries must be known to the
 * document or come before it in the update; a struct that hangs in the air refuses the whole.
 */
export function inspectUpdate(document: Y.Doc, update: Uint8Array): Inspection {
  let decoded: ReturnType<typeof decode>
  try {
    decoded = decode(update)
  } catch {
    return malformed('it cannot be decoded')
  }
  const store = document.store
  const known = new Map<number, number>()
  const stateOf = (client: number): number => known.get(client) ?? Y.getState(store, client)
  const fresh: Y.Item[] = []
  const writers = new Set<number>()
  let missing = false

  for (const struct of decoded.structs) {
    const { client, clock } = struct.id
    const end = clock + struct.length
    if (!isClientId(client) || struct.length < 1 || !(end <= bounds.clock)) {
      return malformed('a struct has no possible id or length')
    }
    if (struct instanceof Y.Skip) continue
    const state = stateOf(client)
    if (clock > state) missing = true
    if (end <= state) continue
    known.set(client, end)
    writers.add(client)
    if (struct instanceof Y.Item) fresh.push(struct)
  }
  if (writers.size > bounds.clientIdsPerUpdate) return malformed('it has too many writers')

  for (const item of fresh) {
    for (const id of dependencies(item)) {
      if (id.client === item.id.client && id.clock >= item.id.clock) return malformed('an item depends on itself')
      if (id.clock >= stateOf(id.client)) missing = true
    }
    if (!contentIsSound(item.content, bounds.nesting)) return malformed('a content is of no allowed kind or depth')
  }
  for (const [client, ranges] of decoded.ds.clients) {
    if (!isClientId(client)) return malformed('a deletion names no possible client id')
    for (const range of ranges) {
      if (!Number.isSafeInteger(range.clock + range.len)) return malformed('a deletion has no possible end')
      if (range.clock + range.len > stateOf(client)) missing = true
    }
  }
  if (missing) return { verdict: 'missing-dependencies' }
  if (!depthIsSound(document, fresh, bounds.nesting)) return malformed('types are too deep')
  return { verdict: 'sound', writers: [...writers] }
}

/** Whether an update changes nothing, for a reader's answer to SyncStep1. */
export function isKnown(document: Y.Doc, update: Uint8Array, inspection: Inspection): boolean {
  if (inspection.verdict !== 'sound' || inspection.writers.length > 0) return false
  return Y.snapshotContainsUpdate(Y.snapshot(document), update)
}

const isClientId = (client: number): boolean => Number.isInteger(client) && client >= 0 && client <= 0xffffffff

function* dependencies(item: Y.Item): Generator<Y.ID> {
  if (item.origin !== null) yield item.origin
  if (item.rightOrigin !== null) yield item.rightOrigin
  if (item.parent instanceof Y.ID) yield item.parent
}
