/** What a browser says of itself, in words that people know; null where it says nothing of the kind. */
export interface DeviceWords {
  browser: string | null
  system: string | null
  isPhone: boolean
}

// The first that fits: browsers name those whose pages they want to be given, and themselves last.
const browsers = [
  ['Edge', /\bEdg(e|A|iOS)?\//],
  ['Opera', /\bOPR\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Firefox', /\b(Firefox|FxiOS)\//],
  ['Chrome', /\b(Chrome|CriOS|Chromium|HeadlessChrome)\//],
  ['Safari', /\bSafari\//],
] as const
const systems = [
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Android', /\bAndroid\b/],
  ['Windows', /\bWindows\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['macOS', /\bMac OS X\b|\bMacintosh\b/],
  ['Linux', /\bLinux\b/],
] as const

const firstIn = (names: readonly (readonly [string, RegExp])[], text: string): string | null =>
  names.find(([, pattern]) => pattern.test(text))?.[0] ?? null

export const deviceWords = (userAgent: string): DeviceWords => ({
  browser: firstIn(browsers, userAgent),
  system: firstIn(systems, userAgent),
  isPhone: /\bMobi|\biPhone\b|\bAndroid\b/.test(userAgent),
})
