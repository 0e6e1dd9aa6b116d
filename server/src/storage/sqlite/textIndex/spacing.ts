/** Scripts whose words are not separated by spaces, or whose endings are written onto the word. */
const unspaced =
  '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}]'
const hasUnspaced = new RegExp(unspaced, 'u')
const boundary = new RegExp(`${unspaced}(?=[\\p{L}\\p{N}])|[\\p{L}\\p{N}](?=${unspaced})`, 'gu')

/** Invisible, and no letter to the tokenizer: what stands between two of these is a word to it. */
const space = '\u200b'

/** Marks what was found, in what comes from the index; taken out of all text that goes in. */
export const markStart = '\u0002'
export const markEnd = '\u0003'
const control = new RegExp(`(?![\\n\\t])\\p{Cc}|${space}|\\ufeff`, 'gu')

/**
 * A text for the index: each character of an unspaced script is a word of its own, so that any part of a word is found
 * as a phrase. In one normal form, without what the index uses for itself or SQLite cannot hold.
 */
export function spaced(text: string): string {
  const clean = text.replace(control, ' ').toWellFormed().normalize('NFC')
  return hasUnspaced.test(clean) ? clean.replace(boundary, `$&${space}`) : clean
}

export const unspacedAgain = (text: string): string => text.replaceAll(space, '')
