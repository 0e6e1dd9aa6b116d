import { type PictureType, pictureTypeOf } from '@weft/shared/files'
import { WeftError } from '@weft/shared/kit'
import { strippedAvif } from './avif.ts'
import { DamagedPicture } from './bytes.ts'
import { strippedGif } from './gif.ts'
import { strippedJpeg } from './jpeg.ts'
import { strippedPng } from './png.ts'
import { strippedWebp } from './webp.ts'

const strip: Record<PictureType, (bytes: Buffer) => Buffer> = {
  'image/png': strippedPng,
  'image/jpeg': strippedJpeg,
  'image/gif': strippedGif,
  'image/webp': strippedWebp,
  'image/avif': strippedAvif,
}

const looksLikeSvg = (bytes: Buffer): boolean => /<svg[\s>]/i.test(bytes.toString('latin1', 0, 4_096))

/**
 * A picture by its content, without where and by whom it was taken: Exif (but for which way up), XMP, comments, and what
 * stands behind its end. It is not drawn anew, so nothing of how it looks is lost. Throws `invalid-input` for what is none.
 */
export function readPicture(bytes: Buffer): { type: PictureType; bytes: Buffer } {
  const type = pictureTypeOf(bytes)
  if (type === null) {
    throw new WeftError(
      'invalid-input',
      looksLikeSvg(bytes)
        ? 'SVG files can hold scripts, so they are not taken: save the picture as PNG.'
        : 'This is no picture that can be shown: take a PNG, JPEG, GIF, WebP or AVIF.',
    )
  }
  try {
    return { type, bytes: strip[type](bytes) }
  } catch (error) {
    // Node's own for a number that would be read behind the end.
    if (!(error instanceof DamagedPicture || error instanceof RangeError)) throw error
    throw new WeftError('invalid-input', 'This picture is damaged: save it once more, and take that one.')
  }
}
