import { z } from 'zod'

/** What browsers show and what cannot hold a script. SVG can. */
export const PictureType = z.enum(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'])
export type PictureType = z.infer<typeof PictureType>

const ascii = (bytes: Uint8Array, from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to))

/** The brands that an AVIF file may name among its first (AV1 Image File Format, section 6). */
const avifBrands = new Set(['avif', 'avis'])
/** Where a file names its brands; longer lists are nobody's. */
const brandsEnd = 64

function namesAvif(bytes: Uint8Array): boolean {
  if (ascii(bytes, 4, 8) !== 'ftyp') return false
  const length = Math.min(new DataView(bytes.buffer, bytes.byteOffset).getUint32(0), bytes.length, brandsEnd)
  for (let at = 8; at + 4 <= length; at += 4) if (at !== 12 && avifBrands.has(ascii(bytes, at, at + 4))) return true
  return false
}

/** What a picture is, by its first bytes; null: none that is shown in documents. */
export function pictureTypeOf(bytes: Uint8Array): PictureType | null {
  if (bytes.length < 12) return null
  if (ascii(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return 'image/png'
  if (ascii(bytes, 0, 3) === '\xff\xd8\xff') return 'image/jpeg'
  if (['GIF87a', 'GIF89a'].includes(ascii(bytes, 0, 6))) return 'image/gif'
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') return 'image/webp'
  return namesAvif(bytes) ? 'image/avif' : null
}
