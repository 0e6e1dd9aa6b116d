import { createDecoder, type Decoder, readVarString, readVarUint, readVarUint8Array } from 'lib0/decoding'
import { createEncoder, toUint8Array, writeUint8, writeVarString, writeVarUint } from 'lib0/encoding'
import * as Y from 'yjs'

/** Structs `from` to `to` (exclusive) of one client id, as an update carries them. */
export interface ClockRange {
  client: number
  from: number
  to: number
}

/**
 * A writer's first edit in a document: a paragraph of its own at the end of `body`, with one character in it.
 * `next` is the clock of the character that the writer types next.
 */
export function openParagraph(state: Uint8Array, client: number): { update: Uint8Array; next: number } {
  const text = new Y.Doc()
  Y.applyUpdate(text, state)
  text.clientID = client
  const before = Y.encodeStateVector(text)
  const body = text.getXmlFragment('body')
  const paragraph = new Y.XmlElement('paragraph')
  const line = new Y.XmlText()
  text.transact(() => {
    body.insert(body.length, [paragraph])
    paragraph.insert(0, [line])
    line.insert(0, '.')
  })
  const update = Y.encodeStateAsUpdate(text, before)
  const next = Y.getState(text.store, client)
  text.destroy()
  return { update, next }
}

/** What Yjs emits when `client` types one character behind its own last one: the same bytes, without a `Y.Doc`. */
export function typeCharacter(client: number, clock: number, character: string): Uint8Array {
  const encoder = createEncoder()
  writeVarUint(encoder, 1) // clients
  writeVarUint(encoder, 1) // structs
  writeVarUint(encoder, client)
  writeVarUint(encoder, clock)
  writeUint8(encoder, 0b1000_0100) // an item with a left origin that holds a string
  writeVarUint(encoder, client)
  writeVarUint(encoder, clock - 1)
  writeVarString(encoder, character)
  writeVarUint(encoder, 0) // deletions
  return toUint8Array(encoder)
}

/** Whose structs an update (V1) carries. Reads text and elements itself, and lets Yjs read everything rarer. */
export function clockRanges(update: Uint8Array): ClockRange[] {
  return scan(update) ?? rangesByYjs(update)
}

function scan(update: Uint8Array): ClockRange[] | null {
  const decoder = createDecoder(update)
  const ranges: ClockRange[] = []
  for (let clients = readVarUint(decoder); clients > 0; clients--) {
    let structs = readVarUint(decoder)
    const client = readVarUint(decoder)
    let clock = readVarUint(decoder)
    for (; structs > 0; structs--) {
      const info = decoder.arr[decoder.pos++] ?? 0
      const length = structLength(decoder, info)
      if (length === null) return null
      if ((info & 31) !== 10) add(ranges, client, clock, clock + length)
      clock += length
    }
  }
  return ranges
}

function structLength(decoder: Decoder, info: number): number | null {
  const kind = info & 31
  if (kind === 0 || kind === 10) return readVarUint(decoder)
  if (info & 128) readId(decoder)
  if (info & 64) readId(decoder)
  if ((info & 192) === 0) {
    if (readVarUint(decoder) === 1) readVarString(decoder)
    else readId(decoder)
    if (info & 32) readVarString(decoder)
  }
  switch (kind) {
    case 1:
      return readVarUint(decoder)
    case 4:
      return readVarString(decoder).length
    case 5:
      readVarString(decoder)
      return 1
    case 6:
      readVarString(decoder)
      readVarString(decoder)
      return 1
    case 7: {
      const type = readVarUint(decoder)
      if (type === 3 || type === 5) readVarString(decoder)
      return 1
    }
    case 3:
      readVarUint8Array(decoder)
      return 1
    default:
      return null
  }
}

function readId(decoder: Decoder): void {
  readVarUint(decoder)
  readVarUint(decoder)
}

function rangesByYjs(update: Uint8Array): ClockRange[] {
  const ranges: ClockRange[] = []
  for (const struct of Y.decodeUpdate(update).structs) {
    if (!(struct instanceof Y.Skip)) add(ranges, struct.id.client, struct.id.clock, struct.id.clock + struct.length)
  }
  return ranges
}

function add(ranges: ClockRange[], client: number, from: number, to: number): void {
  const last = ranges.at(-1)
  if (last && last.client === client && last.to === from) last.to = to
  else ranges.push({ client, from, to })
}
