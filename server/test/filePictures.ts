import { crc32, deflateSync } from 'node:zlib'

/** Pictures of one pixel, as small as each format can be. */
export const jpeg = Buffer.from(
  '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=',
  'base64',
)
export const webp = Buffer.from('UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoBAAEAAwA0JaQAA3AA/vuUAAA=', 'base64')
export const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')

/** What must not be told: where a picture was taken. */
export const secretPlace = 'N 51.0504 E 13.7373'

export function pngChunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, crc] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  crc.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, crc])
}

/** A grey picture of any size; `seed` makes another one. `extra` chunks stand behind the header. */
export function png(width = 1, height = 1, seed = 0, extra: readonly Buffer[] = []): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header[8] = 8
  const rows = Buffer.alloc((width + 1) * height, seed % 256)
  for (let row = 0; row < height; row++) rows[row * (width + 1)] = 0
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', header),
    ...extra,
    pngChunk('IDAT', deflateSync(rows)),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}

/** Exif with which way up, and a place. */
export const exif = (orientation: number): Buffer =>
  Buffer.concat([
    Buffer.from('II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0', 'latin1'),
    Buffer.from([orientation, 0, 0, 0, 0, 0, 0, 0]),
    Buffer.from(secretPlace),
  ])

/** The picture with segments behind its first marker. */
export function jpegWith(...segments: readonly (readonly [marker: number, data: Buffer])[]): Buffer {
  const parts = segments.map(([marker, data]) => {
    const head = Buffer.from([0xff, marker, 0, 0])
    head.writeUInt16BE(data.length + 2, 2)
    return Buffer.concat([head, data])
  })
  return Buffer.concat([jpeg.subarray(0, 2), ...parts, jpeg.subarray(2)])
}

const box = (type: string, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts)
  const head = Buffer.alloc(8)
  head.writeUInt32BE(body.length + 8)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, body])
}
const bytes = (...values: readonly number[]): Buffer => Buffer.from(values)

/** The boxes of an AVIF with one picture (of no meaning to a decoder) and Exif, both in `mdat`. */
export function avif(): Buffer {
  const picture = Buffer.from('the picture itself')
  const data = Buffer.concat([bytes(0, 0, 0, 0), exif(1)])
  const make = (at: number): Buffer => {
    const infe = (id: number, type: string) => box('infe', bytes(2, 0, 0, 0, 0, id, 0, 0), Buffer.from(`${type}\0`))
    const place = (id: number, from: number, length: number) => {
      const entry = Buffer.from([0, id, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0])
      entry.writeUInt32BE(from, 6)
      entry.writeUInt32BE(length, 10)
      return entry
    }
    const iinf = box('iinf', bytes(0, 0, 0, 0, 0, 2), infe(1, 'av01'), infe(2, 'Exif'))
    const places = [place(1, at, picture.length), place(2, at + picture.length, data.length)]
    const iloc = box('iloc', bytes(0, 0, 0, 0, 0x44, 0, 0, 2), ...places)
    const head = [box('ftyp', Buffer.from('avif\0\0\0\0mif1avif')), box('meta', bytes(0, 0, 0, 0), iinf, iloc)]
    return Buffer.concat([...head, box('mdat', picture, data)])
  }
  // The places do not change how long the boxes before them are.
  return make(make(0).length - picture.length - data.length)
}
