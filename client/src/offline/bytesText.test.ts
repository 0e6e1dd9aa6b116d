import { expect, test } from 'vitest'
import { bytesText } from './bytesText.ts'

test.each([
  [0, '0 kB'],
  [751, '0.8 kB'],
  [1_000, '1 kB'],
  [1_250, '1.3 kB'],
  [12_345, '12 kB'],
  [3_400_000, '3.4 MB'],
  [120_000_000_000, '120 GB'],
  [5e15, '5,000,000 GB'],
])('%d bytes are %s', (bytes, text) => expect(bytesText(bytes, 'en')).toBe(text))
