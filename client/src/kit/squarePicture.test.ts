import { expect, it } from 'vitest'
import { middleSquare } from './squarePicture.ts'

it.each([
  [100, 100, { x: 0, y: 0, side: 100 }],
  [101, 40, { x: 30, y: 0, side: 40 }],
  [40, 101, { x: 0, y: 30, side: 40 }],
  [1, 5, { x: 0, y: 2, side: 1 }],
])('of %i × %i pixels the middle stays', (width, height, square) => expect(middleSquare(width, height)).toEqual(square))
