/** Wider than a text is on any screen, twice over for those with fine pixels; a photograph has 4,000 and more. Pixels. */
export const longestSide = 2_000

/** The size in which a picture is sent: its own, or smaller in the same proportion. */
export function fitted(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, longestSide / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/** Whether a picture moves, as GIF, APNG and animated WebP do: drawn anew it would stand still. */
export function moves(bytes: Uint8Array, type: string): boolean {
  if (type === 'image/gif') return true
  const [sign, until] = type === 'image/png' ? ['acTL', 'IDAT'] : type === 'image/webp' ? ['ANIM', ''] : ['', '']
  // Both stand before the first picture, behind little more than a colour profile.
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 256 << 10))
  const at = sign === '' ? -1 : head.indexOf(sign)
  return at !== -1 && (until === '' || head.indexOf(until) === -1 || at < head.indexOf(until))
}
