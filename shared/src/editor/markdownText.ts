/** What a backslash must keep from meaning something, wherever it stands in a line. */
const special =
  /[\\`*[\]]|~(?=~|$)|(?<=~|^)~|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|<(?=[A-Za-z/!?])|&(?=#|\w+;)|(?<=https?):(?=\/\/)/gi

/** What means something only at the start of a line: headings, quotes, lists, rules, underlined headings, fences. */
const lineStart = /^(\s*)(#{1,6}(?=\s|$)|>|[-+](?=\s|$)|-(?=[-\s]*$)|=(?=[=\s]*$)|:(?=-)|\|)/
const numbered = /^(\s*\d{1,9})([.)])(?=\s|$)/

/** Text as Markdown that means just that text. `dollars`: one of them could begin a formula. */
export function escapeMarkdown(text: string, dollars = false): string {
  const escaped = text.replace(/[\r\n]+/g, ' ').replace(special, '\\$&')
  return dollars ? escaped.replace(/\$(?=\S|$)/g, '\\$&') : escaped
}

/** Escapes what the start of a line would make of the line; `line` is Markdown already. */
export function escapeLineStart(line: string): string {
  return line.replace(lineStart, '$1\\$2').replace(numbered, '$1\\$2')
}

function longestTicks(text: string): number {
  let longest = 0
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length)
  return longest
}

export function inlineCode(text: string): string {
  const line = text.replace(/[\r\n]+/g, ' ')
  const ticks = '`'.repeat(longestTicks(line) + 1)
  const padded = /^`|`$/.test(line) || (/^ .* $/.test(line) && line.trim() !== '')
  return padded ? `${ticks} ${line} ${ticks}` : `${ticks}${line}${ticks}`
}

export function fenceAround(code: string): string {
  return '`'.repeat(Math.max(3, longestTicks(code) + 1))
}

/** A character as a reference: it then counts as punctuation, which lets emphasis open or close beside it. */
export function asReference(character: string): string {
  return `&#x${(character.codePointAt(0) ?? 0xfffd).toString(16)};`
}
