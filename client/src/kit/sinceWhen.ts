const steps = [
  { unit: 'minute', ms: 60_000, below: 3_600_000 },
  { unit: 'hour', ms: 3_600_000, below: 86_400_000 },
  { unit: 'day', ms: 86_400_000, below: 7 * 86_400_000 },
] as const

/** "5 minutes ago", and the date for what is older than a week. Milliseconds since 1970. */
export function sinceWhen(at: number, now: number, language: string): string {
  const ago = Math.max(0, now - at)
  if (ago < 60_000) return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(0, 'second')
  const step = steps.find(({ below }) => ago < below)
  if (step === undefined) return new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(at)
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(-Math.floor(ago / step.ms), step.unit)
}
