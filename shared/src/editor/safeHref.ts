/** Longer ones are not links that a person made; browsers stop at 2 MB, address bars at 2,000 characters. */
const hrefLimit = 8_192

/** Schemes that open something without running anything. Relative addresses and fragments have none. */
const safeSchemes = new Set(['http', 'https', 'mailto', 'tel', 'sms', 'ftp', 'ftps', 'xmpp', 'irc', 'ircs', 'matrix'])

// Browsers drop tabs and line ends anywhere in an address and control characters and spaces before it, so a scheme
// is looked for in what is left (WHATWG URL, "basic URL parser", steps 1 to 3).
const droppedByBrowsers = /[\p{Cc}\p{Cf}\p{Z}]+/gu

/** The address if a click on it may be allowed, else null: never `javascript:`, `data:`, `vbscript:` and their disguises. */
export function safeHref(href: unknown): string | null {
  if (typeof href !== 'string' || href.length > hrefLimit) return null
  const bare = href.replace(droppedByBrowsers, '')
  if (bare === '') return null
  // Decoded once more by some reader of an export, a reference could become a scheme.
  if (/^[^/?]*&(#|\w+;)/.test(bare)) return null
  const scheme = /^([^:/?#]*):/.exec(bare)
  if (scheme === null) return href.trim()
  return safeSchemes.has((scheme[1] ?? '').toLowerCase()) ? href.trim() : null
}
