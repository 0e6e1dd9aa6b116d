import { expect, test } from 'vitest'
import { fitted, moves } from './fitted.ts'

test('a picture is made smaller in its proportion, and never larger', () => {
  expect(fitted(800, 600)).toEqual({ width: 800, height: 600 })
  expect(fitted(4_000, 3_000)).toEqual({ width: 2_000, height: 1_500 })
  expect(fitted(3_000, 4_000)).toEqual({ width: 1_500, height: 2_000 })
  expect(fitted(100_000, 1)).toEqual({ width: 2_000, height: 1 })
})

test('pictures that move are known', () => {
  const bytes = (text: string) => new TextEncoder().encode(text)
  expect(moves(bytes('GIF89a'), 'image/gif')).toBe(true)
  expect(moves(bytes('PNG IHDR acTL IDAT'), 'image/png')).toBe(true)
  expect(moves(bytes('PNG IHDR IDAT acTL'), 'image/png')).toBe(false)
  expect(moves(bytes('RIFF WEBP VP8X ANIM'), 'image/webp')).toBe(true)
  expect(moves(bytes('RIFF WEBP VP8 '), 'image/webp')).toBe(false)
  expect(moves(bytes('acTL'), 'image/jpeg')).toBe(false)
})
