/** Thrown where a picture's parts are not what its format says; whoever reads one answers with a refusal. */
export class DamagedPicture extends Error {}

/** A stretch of a picture; throws where the picture ends before. */
export function slice(bytes: Buffer, from: number, length: number): Buffer {
  if (length < 0 || from + length > bytes.length) throw new DamagedPicture('it ends in the middle')
  return bytes.subarray(from, from + length)
}
