import { bodySchema } from '@weft/shared/editor'
import { expect, test } from 'vitest'
import { matchName } from './query.ts'

const match = matchName((query) => 'ben smith'.startsWith(query.toLowerCase()))
const mention = bodySchema.node('mention', { name: 'Ann' })

/** What is found with the caret at the end of a paragraph of these. */
function found(...content: (string | typeof mention)[]) {
  const nodes = content.map((part) => (typeof part === 'string' ? bodySchema.text(part) : part))
  const doc = bodySchema.node('doc', null, [bodySchema.node('paragraph', null, nodes)])
  const $position = doc.resolve(doc.content.size - 1)
  const result = match({ $position })
  return result && { query: result.query, text: doc.textBetween(result.range.from, result.range.to) }
}

test.each(['@', '@be', 'ask @be', '(@be', '“@be', 'こんにちは@be'])('a name is written in “%s”', (text) => {
  expect(found(text)).toEqual({ query: text.split('@')[1], text: `@${text.split('@')[1]}` })
})

test.each(['ann@be', 'née@be', '1@be', 'a.@be', '/@be', '@@be', '@ be', 'be', 'https://x.y/@be', 'mail = a+@be'])(
  'no name is written in “%s”',
  (text) => {
    expect(found(text)).toBeNull()
  },
)

test('a name may hold spaces as long as somebody is called so', () => {
  expect(found('ask @ben sm')).toEqual({ query: 'ben sm', text: '@ben sm' })
  expect(found('ask @ben said')).toBeNull()
  expect(found(`ask @${'b'.repeat(61)}`)).toBeNull()
})

test('positions count a mention before it as one', () => {
  expect(found(mention, '@be')).toEqual({ query: 'be', text: '@be' })
  expect(found('x ', mention, ' and @be')).toEqual({ query: 'be', text: '@be' })
  expect(found('@', mention, 'be')).toBeNull()
})
