import { DamagedPicture, slice } from './bytes.ts'

/** Loops of animations: the applications' own blocks that change what one sees. */
const loops = new Set(['NETSCAPE2.0', 'ANIMEXTS1.0'])

/** The end of the data blocks that begin here: each says its length, and one of none ends them. */
function endOfBlocks(bytes: Buffer, from: number): number {
  for (let at = from; ; ) {
    const length = slice(bytes, at, 1)[0] ?? 0
    at += 1 + slice(bytes, at + 1, length).length
    if (length === 0) return at
  }
}

const colours = (flags: number): number => (flags & 0x80 ? 3 * 2 ** ((flags & 0x07) + 1) : 0)

/** A GIF without comments, XMP, and what stands behind its end (GIF89a). */
export function strippedGif(bytes: Buffer): Buffer {
  const start = 13 + colours(slice(bytes, 10, 1)[0] ?? 0)
  const parts: Buffer[] = [slice(bytes, 0, start)]
  let pictures = 0
  for (let at = start; at < bytes.length; ) {
    const kind = bytes[at]
    if (kind === 0x3b) break
    if (kind === 0x2c) {
      const data = at + 10 + colours(slice(bytes, at + 9, 1)[0] ?? 0) + 1
      const end = endOfBlocks(bytes, data)
      parts.push(bytes.subarray(at, end))
      pictures++
      at = end
    } else if (kind === 0x21) {
      const label = slice(bytes, at + 1, 1)[0]
      const end = endOfBlocks(bytes, at + 2)
      const loop = label === 0xff && loops.has(bytes.toString('latin1', at + 3, at + 14))
      if (label === 0xf9 || loop) parts.push(bytes.subarray(at, end))
      at = end
    } else throw new DamagedPicture('a block is of no known kind')
  }
  if (pictures === 0) throw new DamagedPicture('it has no picture')
  return Buffer.concat([...parts, Buffer.from([0x3b])])
}
