import { DamagedPicture, slice } from './bytes.ts'

/** Markers without a length behind them (ITU-T T.81, table B.1). */
const isBare = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)
const startOfScan = 0xda
const endOfImage = 0xd9

/** What a segment of the application's own is kept for: how the picture looks, and nothing of where it was taken. */
function isKept(marker: number, data: Buffer): boolean {
  if (marker === 0xfe) return false
  if (marker < 0xe0 || marker > 0xef || marker === 0xe0) return true
  if (marker === 0xe2) return data.toString('latin1', 0, 11) === 'ICC_PROFILE'
  return marker === 0xee && data.toString('latin1', 0, 5) === 'Adobe'
}

/** Which way up, 1 to 8, as Exif has it (tag 0x0112 of the first directory); null: it says nothing. */
function orientationOf(data: Buffer): number | null {
  if (data.toString('latin1', 0, 6) !== 'Exif\0\0' || data.length < 14) return null
  const tiff = data.subarray(6)
  const little = tiff.toString('latin1', 0, 2) === 'II'
  const short = (at: number): number => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const directory = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  if (directory + 2 > tiff.length) return null
  const entries = short(directory)
  for (let i = 0; i < entries; i++) {
    const at = directory + 2 + i * 12
    if (at + 12 > tiff.length) return null
    if (short(at) === 0x0112) return short(at + 8)
  }
  return null
}

/** Exif that says which way up, and nothing else. */
const orientationSegment = (orientation: number): Buffer =>
  Buffer.from([
    ...[0xff, 0xe1, 0x00, 0x22, 0x45, 0x78, 0x69, 0x66, 0x00, 0x00],
    ...[0x4d, 0x4d, 0x00, 0x2a, 0x00, 0x00, 0x00, 0x08, 0x00, 0x01],
    ...[0x01, 0x12, 0x00, 0x03, 0x00, 0x00, 0x00, 0x01, 0x00, orientation, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00],
  ])

/** Where the coded picture that begins here ends: at the next marker that is no restart. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1]
    if (next === undefined) break
    if (next !== 0x00 && next !== 0xff && !isBare(next)) return at
  }
  return bytes.length
}

/** A JPEG without Exif (but for which way up), XMP, comments, and what cameras append behind its end. */
export function strippedJpeg(bytes: Buffer): Buffer {
  const kept: Buffer[] = [slice(bytes, 0, 2)]
  let at = 2
  let scans = 0
  while (at < bytes.length) {
    if (bytes[at] !== 0xff) throw new DamagedPicture('a marker is missing')
    const marker = bytes[at + 1]
    if (marker === undefined) break
    if (marker === 0xff) {
      at++
      continue
    }
    if (marker === endOfImage) break
    if (isBare(marker)) {
      kept.push(slice(bytes, at, 2))
      at += 2
      continue
    }
    const length = slice(bytes, at + 2, 2).readUInt16BE()
    const data = slice(bytes, at + 4, length - 2)
    const orientation = marker === 0xe1 ? orientationOf(data) : null
    if (orientation !== null && orientation > 1 && orientation <= 8) kept.push(orientationSegment(orientation))
    const end = marker === startOfScan ? endOfScan(bytes, at + 2 + length) : at + 2 + length
    if (marker === startOfScan) scans++
    if (isKept(marker, data)) kept.push(bytes.subarray(at, end))
    at = end
  }
  if (scans === 0) throw new DamagedPicture('it has no picture')
  return Buffer.concat([...kept, Buffer.from([0xff, endOfImage])])
}
