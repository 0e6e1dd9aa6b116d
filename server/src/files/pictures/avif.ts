import { DamagedPicture, slice } from './bytes.ts'

interface Box {
  type: string
  /** Its contents, within the file. */
  from: number
  to: number
}

function* boxesIn(bytes: Buffer, from: number, to: number): Generator<Box> {
  for (let at = from; at + 8 <= to; ) {
    const short = bytes.readUInt32BE(at)
    const long = short === 1
    const size = long ? Number(slice(bytes, at + 8, 8).readBigUInt64BE()) : short === 0 ? to - at : short
    const head = long ? 16 : 8
    if (size < head || at + size > to) throw new DamagedPicture('a box is larger than what holds it')
    yield { type: bytes.toString('latin1', at + 4, at + 8), from: at + head, to: at + size }
    at += size
  }
}

/** Reads numbers one after the other; throws where the box ends before. */
class Cursor {
  readonly #bytes: Buffer
  readonly #to: number
  at: number

  constructor(bytes: Buffer, { from, to }: Box) {
    this.#bytes = bytes
    this.at = from
    this.#to = to
  }

  number(size: number): number {
    if (size === 0) return 0
    if (this.at + size > this.#to) throw new DamagedPicture('a box ends in the middle')
    const value = size === 8 ? Number(this.#bytes.readBigUInt64BE(this.at)) : this.#bytes.readUIntBE(this.at, size)
    this.at += size
    return value
  }
}

/** Ids of the items that are Exif or XMP (ISO/IEC 14496-12, `infe`). */
function metadataItems(bytes: Buffer, box: Box): Set<number> {
  const cursor = new Cursor(bytes, box)
  const version = cursor.number(4) >>> 24
  cursor.number(version === 0 ? 2 : 4)
  const found = new Set<number>()
  for (const entry of boxesIn(bytes, cursor.at, box.to)) {
    if (entry.type !== 'infe') continue
    const reader = new Cursor(bytes, entry)
    const entryVersion = reader.number(4) >>> 24
    if (entryVersion < 2) continue
    const id = reader.number(entryVersion === 2 ? 2 : 4)
    reader.number(2)
    const type = bytes.toString('latin1', reader.at, reader.at + 4)
    if (type === 'Exif' || type === 'mime') found.add(id)
  }
  return found
}

/** Where items lie in the file or in the box `idat` (`iloc`): stretches by item. */
function* places(
  bytes: Buffer,
  box: Box,
  idat: Box | undefined,
): Generator<{ id: number; from: number; length: number }> {
  const cursor = new Cursor(bytes, box)
  const version = cursor.number(4) >>> 24
  const sizes = cursor.number(1)
  const [offsetSize, lengthSize] = [sizes >> 4, sizes & 15]
  const more = cursor.number(1)
  const [baseSize, indexSize] = [more >> 4, version === 0 ? 0 : more & 15]
  const wide = version < 2 ? 2 : 4
  for (let items = cursor.number(wide); items > 0; items--) {
    const id = cursor.number(wide)
    const method = version === 0 ? 0 : cursor.number(2) & 15
    cursor.number(2)
    const base = cursor.number(baseSize)
    for (let extents = cursor.number(2); extents > 0; extents--) {
      cursor.number(indexSize)
      const start = base + cursor.number(offsetSize)
      const length = cursor.number(lengthSize)
      if (method === 0) yield { id, from: start, length }
      else yield { id, from: (idat?.from ?? 0) + start, length }
    }
  }
}

/** A picture has some dozens of items in one piece each; more were made to keep somebody busy. */
const mostPlaces = 10_000

/** An AVIF whose Exif and XMP are zeros: taking them out would move all that the file says by place. */
export function strippedAvif(bytes: Buffer): Buffer {
  const meta = [...boxesIn(bytes, 0, bytes.length)].find(({ type }) => type === 'meta')
  if (meta === undefined) throw new DamagedPicture('it has no picture')
  const inside = [...boxesIn(bytes, meta.from + 4, meta.to)]
  const [infos, locations, idat] = ['iinf', 'iloc', 'idat'].map((name) => inside.find(({ type }) => type === name))
  if (infos === undefined || locations === undefined) throw new DamagedPicture('it has no picture')
  const metadata = metadataItems(bytes, infos)
  const stripped = Buffer.from(bytes)
  let looked = 0
  let cleared = 0
  for (const { id, from, length } of places(bytes, locations, idat)) {
    if (++looked > mostPlaces) throw new DamagedPicture('it is in too many pieces')
    if (!metadata.has(id)) continue
    // A length of 0 reaches to the end of the file.
    const stretch = slice(stripped, from, length === 0 ? stripped.length - from : length)
    cleared += stretch.length
    if (cleared > stripped.length) throw new DamagedPicture('its pieces lie over each other')
    stretch.fill(0)
  }
  return stripped
}
