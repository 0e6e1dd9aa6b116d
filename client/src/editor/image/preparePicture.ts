import { pictureTypeOf } from '@weft/shared/files'
import { fitted, moves } from './fitted.ts'

export interface PreparedPicture {
  bytes: Uint8Array<ArrayBuffer>
  type: string
  /** As it is seen, in pixels. */
  width: number
  height: number
}

/** Why a file is not taken; each has its sentence below `picture.refused`. */
export type PictureProblem = 'svg' | 'not-a-picture' | 'damaged' | 'too-large'

/** As it is sent. The server has the last word, which an operator may have made another one. Bytes. */
const sizeLimit = 10 << 20
/** What is not even looked at: decoding it would take all of a phone's memory. Bytes. */
const fileLimit = 100 << 20
const quality = 0.85

async function drawn(picture: ImageBitmap, { width, height }: { width: number; height: number }, type: string) {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  canvas.getContext('2d')?.drawImage(picture, 0, 0, width, height)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, quality))
  return blob && { bytes: new Uint8Array(await blob.arrayBuffer()), type: blob.type }
}

/**
 * Reads a picture by its content and makes large ones smaller, which also leaves behind where it was taken. Pictures that
 * move, and small ones, stay as they are: the server takes the place out of those.
 */
export async function preparePicture(file: Blob): Promise<PreparedPicture | PictureProblem> {
  if (file.type === 'image/svg+xml') return 'svg'
  if (file.size > fileLimit) return 'too-large'
  const bytes = new Uint8Array(await file.arrayBuffer())
  const type = pictureTypeOf(bytes)
  if (type === null)
    return /<svg[\s>]/i.test(new TextDecoder().decode(bytes.subarray(0, 4_096))) ? 'svg' : 'not-a-picture'
  let picture: ImageBitmap
  try {
    picture = await createImageBitmap(new Blob([bytes], { type }))
  } catch {
    return 'damaged'
  }
  try {
    const own = { width: picture.width, height: picture.height }
    const size = moves(bytes, type) ? own : fitted(own.width, own.height)
    const isSmaller = size.width < own.width || (bytes.length > sizeLimit && !moves(bytes, type))
    // A browser that cannot write WebP writes PNG.
    const small = isSmaller ? await drawn(picture, size, type === 'image/jpeg' ? type : 'image/webp') : null
    const kept = small ?? { bytes, type }
    if (kept.bytes.length > sizeLimit) return 'too-large'
    return { ...kept, ...(small === null ? own : size) }
  } finally {
    picture.close()
  }
}
