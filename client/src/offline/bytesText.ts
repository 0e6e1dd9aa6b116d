const units = ['kilobyte', 'megabyte', 'gigabyte'] as const

/** A number of bytes in the largest unit that leaves a figure before the point, from kilobytes up: `12 kB`. */
export function bytesText(bytes: number, language: string): string {
  const power = Math.min(Math.max(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), 1), units.length)
  const value = bytes / 1000 ** power
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: units[power - 1] ?? 'kilobyte',
    unitDisplay: 'short',
    maximumFractionDigits: value < 10 ? 1 : 0,
  }).format(value)
}
