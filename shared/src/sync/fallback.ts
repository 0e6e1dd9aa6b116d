import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'

/**
 * The fallback transport: what a WebSocket carries, over a stream of server-sent events down and numbered POSTs up.
 * One session of it holds a lane for each page of a browser; a lane is to both ends what a WebSocket is.
 */
export const fallbackPaths = {
  /** Opens a session: its answer is the stream. */
  stream: '/sync/stream',
  /** The same for networks that hold a stream back: each answer ends with what there is. */
  poll: '/sync/poll',
  /** Batches from the page, one in flight. */
  up: '/sync/up',
} as const

export const fallbackHeaders = {
  /** 128 random bits that the client drew: whoever knows them is the client. */
  session: 'weft-session',
  /** Of a batch on its way up, from 1: the server takes each number once. */
  number: 'weft-number',
  /** Of the last event that a polling client has; absent when it opens its session. */
  after: 'weft-after',
} as const

/** Milliseconds. */
export const fallbackTiming = {
  /** A stream says something this often, so that both ends and what is between them know that it lives. */
  heartbeat: 10_000,
  /** How long a poll waits for something to say: well below the minute after which proxies give up. */
  poll: 20_000,
} as const

/** What nginx takes unless it is told otherwise, and so the most that a batch may have. Bytes. */
export const batchBytes = 1 << 20
/** A frame that is longer goes up in parts: a batch is sent before it has reached twice this. Bytes. */
export const partBytes = 256 << 10

/** One word about one lane. Lanes are numbered upwards from 1, and no number is used twice in a session. */
export type LaneRecord = { lane: number } & (
  | { type: 'open' }
  | { type: 'frame'; data: Uint8Array }
  /** The beginning of a frame, or more of it; `frame` brings its end. */
  | { type: 'part'; data: Uint8Array }
  | { type: 'close'; code: number; reason: string }
  | { type: 'ping' }
  | { type: 'pong' }
)

const types = ['open', 'frame', 'part', 'close', 'ping', 'pong'] as const

export function encodeRecords(records: readonly LaneRecord[]): Uint8Array<ArrayBuffer> {
  return encoding.encode((to) => {
    for (const record of records) {
      encoding.writeVarUint(to, record.lane)
      encoding.writeUint8(to, types.indexOf(record.type))
      if (record.type === 'frame' || record.type === 'part') encoding.writeVarUint8Array(to, record.data)
      if (record.type !== 'close') continue
      encoding.writeVarUint(to, record.code)
      encoding.writeVarString(to, record.reason)
    }
  })
}

/** Null for bytes that are no batch. The frames are views on `bytes`. */
export function decodeRecords(bytes: Uint8Array): LaneRecord[] | null {
  const records: LaneRecord[] = []
  try {
    const from = decoding.createDecoder(bytes)
    while (decoding.hasContent(from)) {
      const record = readRecord(from)
      if (record === null) return null
      records.push(record)
    }
  } catch {
    return null
  }
  return records
}

function readRecord(from: decoding.Decoder): LaneRecord | null {
  const lane = decoding.readVarUint(from)
  const type = types[decoding.readUint8(from)]
  switch (type) {
    case undefined:
      return null
    case 'frame':
    case 'part':
      return { lane, type, data: decoding.readVarUint8Array(from) }
    case 'close':
      return { lane, type, code: decoding.readVarUint(from), reason: decoding.readVarString(from) }
    default:
      return { lane, type }
  }
}
