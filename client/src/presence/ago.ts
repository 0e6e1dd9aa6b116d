const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

/** "5 minutes ago" in the language of the page; null for less than a minute. `ms` is how long ago. */
export function ago(ms: number, language: string): string | null {
  for (const [unit, length] of units) {
    if (ms >= length)
      return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(-Math.floor(ms / length), unit)
  }
  return null
}
