import { expect, test } from 'vitest'
import { linkUnder } from './linkUnder.ts'

const here = 'https://weft.example.org'

function under(href: string): string | null {
  const prose = document.createElement('div')
  prose.className = 'weft-prose'
  prose.innerHTML = '<p><a><b>word</b></a></p>'
  prose.querySelector('a')?.setAttribute('href', href)
  return linkUnder(prose.querySelector('b'), here)?.getAttribute('href') ?? null
}

test.for([
  ['https://example.org/a', true],
  ['//example.org/a', true],
  ['http://weft.example.org/', true],
  ['/w/x/d/y', false],
  ['https://weft.example.org/w/x', false],
  ['mailto:ann@example.org', false],
  ['#part', false],
  ['javascript:alert(1)', false],
] as const)('%s has a card: %s', ([href, expected]) => {
  expect(under(href)).toBe(expected ? href : null)
})
