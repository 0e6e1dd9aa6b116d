import { DamagedPicture, slice } from './bytes.ts'

const dropped = new Set(['EXIF', 'XMP '])
/** In the first byte of `VP8X`: "there is Exif", "there is XMP". */
const metadataFlags = 0x08 | 0x04

/** A WebP without Exif and XMP, and what stands behind its end. */
export function strippedWebp(bytes: Buffer): Buffer {
  const end = Math.min(bytes.length, slice(bytes, 4, 4).readUInt32LE() + 8)
  const parts: Buffer[] = [Buffer.from('WEBP')]
  for (let at = 12; at + 8 <= end; ) {
    const type = bytes.toString('latin1', at, at + 4)
    const length = bytes.readUInt32LE(at + 4)
    const chunk = Buffer.from(slice(bytes, at, 8 + length))
    if (type === 'VP8X') chunk[8] = (chunk[8] ?? 0) & ~metadataFlags
    if (!dropped.has(type)) parts.push(chunk, Buffer.alloc(length % 2))
    at += 8 + length + (length % 2)
  }
  if (parts.length === 1) throw new DamagedPicture('it has no picture')
  const body = Buffer.concat(parts)
  const head = Buffer.from('RIFF\0\0\0\0', 'latin1')
  head.writeUInt32LE(body.length, 4)
  return Buffer.concat([head, body])
}
