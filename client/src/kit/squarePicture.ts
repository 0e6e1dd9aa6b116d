/** What a picture may measure and weigh when it arrives at the server. */
export interface PictureBounds {
  pixels: number
  bytes: number
}

/** The file is none that this browser can show. */
export class NoPictureError extends Error {}

/** The largest square in the middle of a picture. */
export function middleSquare(width: number, height: number): { x: number; y: number; side: number } {
  const side = Math.min(width, height)
  return { x: Math.floor((width - side) / 2), y: Math.floor((height - side) / 2), side }
}

/** Drawn anew, so that nothing else that lies in the file (where it was taken, by which camera) leaves the device. */
function draw(picture: ImageBitmap, pixels: number): HTMLCanvasElement {
  const { x, y, side } = middleSquare(picture.width, picture.height)
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = Math.min(pixels, side)
  const context = canvas.getContext('2d')
  if (context === null) throw new NoPictureError()
  context.imageSmoothingQuality = 'high'
  context.drawImage(picture, x, y, side, side, 0, 0, canvas.width, canvas.height)
  return canvas
}

const encode = (canvas: HTMLCanvasElement): Promise<Blob | null> =>
  new Promise((resolve) => canvas.toBlob(resolve, 'image/webp', 0.85))

/**
 * A file as a small square picture, in base64: WebP, or PNG in browsers that do not write WebP, where a rich photograph
 * may have to be smaller still. Rejects with `NoPictureError`.
 */
export async function squarePicture(file: Blob, { pixels, bytes }: PictureBounds): Promise<string> {
  const picture = await createImageBitmap(file).catch((cause: unknown) => {
    throw new NoPictureError('not a picture', { cause })
  })
  try {
    for (let side = pixels; side >= pixels / 4; side /= 2) {
      const blob = await encode(draw(picture, side))
      if (blob !== null && blob.size <= bytes) return base64Of(new Uint8Array(await blob.arrayBuffer()))
    }
  } finally {
    picture.close()
  }
  throw new NoPictureError()
}

const base64Of = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
