import { parseMarkdown } from '@weft/shared/editor'
import { expect, test } from 'vitest'
import { loadEmoji } from '../../kit/emoji/load.ts'
import { matchEmoji } from './emojiExtension.ts'

const queryAt = (text: string): string | undefined => {
  const doc = parseMarkdown('x')
  const block = doc.type.schema.node('doc', null, [
    doc.type.schema.node('paragraph', null, [doc.type.schema.text(text)]),
  ])
  return matchEmoji({ $position: block.resolve(text.length + 1) })?.query
}

test('an emoji begins with a colon and two letters at a word’s start, and other colons are only colons', () => {
  expect(queryAt('well :smi')).toBe('smi')
  expect(queryAt('(:th')).toBe('th')
  for (const text of ['10:30', 'note: so', 'a:bc', 'http://ab', ':D', ':)', '::ab', 'Zeit :']) {
    expect(queryAt(text)).toBeUndefined()
  }
})

test('emoji are found by their short names and by what they are about, in the language of the page', async () => {
  const english = await loadEmoji('en')
  expect(english.named('tada')?.unicode).toContain('🎉')
  expect(english.find('smile')[0]?.shortcodes).toContain('smile')
  expect(english.find('thumbs').map(({ unicode }) => unicode.slice(0, 2))).toContain('👍')
  const german = await loadEmoji('de')
  expect(german.find('daumen').map(({ unicode }) => unicode.slice(0, 2))).toContain('👍')
  expect(german.named('tada')?.unicode).toContain('🎉')
  expect(german.find('zzzz')).toEqual([])
})
