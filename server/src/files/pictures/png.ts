import { DamagedPicture, slice } from './bytes.ts'

/** Chunks that say how the picture looks (PNG, third edition, table 5.1); the others are words about it. */
const kept = new Set(
  'IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT acTL fcTL fdAT'.split(' '),
)

/** A PNG without Exif, text, times, and what stands behind its end. */
export function strippedPng(bytes: Buffer): Buffer {
  const parts: Buffer[] = [slice(bytes, 0, 8)]
  for (let at = 8; ; ) {
    const length = slice(bytes, at, 8).readUInt32BE()
    const type = bytes.toString('latin1', at + 4, at + 8)
    if (at === 8 && type !== 'IHDR') throw new DamagedPicture('it has no header')
    const chunk = slice(bytes, at, length + 12)
    if (kept.has(type)) parts.push(chunk)
    if (type === 'IEND') return Buffer.concat(parts)
    at += chunk.length
  }
}
