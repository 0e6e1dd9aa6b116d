import { pictureLimits } from '@weft/shared/auth'
import { WeftError } from '@weft/shared/kit'

export interface PictureData {
  type: 'image/webp' | 'image/png'
  bytes: Buffer
}

interface Size {
  width: number
  height: number
}

const pngSignature = Buffer.from('89504e470d0a1a0a', 'hex')

/** The size in the header of a PNG (ISO/IEC 15948, 11.2.2); null: is none. */
function pngSize(bytes: Buffer): Size | null {
  if (bytes.length < 33 || !bytes.subarray(0, 8).equals(pngSignature)) return null
  if (bytes.toString('latin1', 12, 16) !== 'IHDR') return null
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
}

/** The size in the header of a still WebP (RFC 9649); null: is none. */
function webpSize(bytes: Buffer): Size | null {
  if (bytes.length < 30 || bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WEBP') {
    return null
  }
  // Chunks have an even length; some writers do not count the byte that makes it so.
  if (Math.abs(bytes.readUInt32LE(4) + 8 - bytes.length) > 1) return null
  const animated = 0x02
  switch (bytes.toString('latin1', 12, 16)) {
    case 'VP8 ':
      if (bytes.readUIntBE(23, 3) !== 0x9d012a) return null
      return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff }
    case 'VP8L': {
      if (bytes[20] !== 0x2f) return null
      const bits = bytes.readUInt32LE(21)
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
    }
    case 'VP8X':
      if (((bytes[20] ?? 0) & animated) !== 0) return null
      return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 }
    default:
      return null
  }
}

/**
 * Reads an upload by what it is, whatever it calls itself. Throws `invalid-input` for what is no WebP or PNG and
 * `too-large` above `pictureLimits`: a few bytes may unfold to a picture that no page can hold.
 */
export function readPicture(base64: string): PictureData {
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.length > pictureLimits.bytes) throw new WeftError('too-large', 'A picture may have at most 150,000 bytes.')
  const png = pngSize(bytes)
  const size = png ?? webpSize(bytes)
  if (size === null) throw new WeftError('invalid-input', 'data: not a picture in WebP or PNG.')
  const { width, height } = size
  if (width === 0 || height === 0) throw new WeftError('invalid-input', 'data: an empty picture.')
  if (Math.max(width, height) > pictureLimits.pixels) {
    throw new WeftError('too-large', 'A picture may measure at most 256 pixels each way.')
  }
  return { type: png === null ? 'image/webp' : 'image/png', bytes }
}
