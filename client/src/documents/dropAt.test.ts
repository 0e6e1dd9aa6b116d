import { Document } from '@weft/shared/documents'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dropAt } from './dropAt.ts'
import { buildTree, linesOf, withDescendants } from './tree.ts'

const idOf = (name: string): string => name.padEnd(16, '0')
const make = (name: string, parent: string | null, position: string, role = 'edit') =>
  Document.parse({
    id: idOf(name),
    workspaceId: idOf('workspace'),
    parentId: parent === null ? null : idOf(parent),
    position,
    title: name,
    kind: 'rich',
    role,
    createdBy: idOf('ann'),
    createdAt: 0,
    updatedAt: 0,
  })
const id = (name: string) => make(name, null, '').id

const documents = [
  make('a', null, 'a0'),
  make('b', null, 'a1'),
  make('b1', 'b', 'a0'),
  make('b2', 'b', 'a1'),
  make('c', null, 'a2'),
  make('read', null, 'a3', 'view'),
]
const lines = linesOf(buildTree(documents), new Set())
const drop = (name: string, y: number, depth = 0) => dropAt(lines, id(name), y, depth)?.place ?? null

test('on a document: below it, as the last', () => {
  expect(drop('a', 1.5)).toEqual({ parentId: id('b') })
  expect(drop('b1', 1.5)).toEqual({ parentId: id('b') })
  expect(drop('b2', 1.5)).toBeNull()
})

test('between two: behind the one above, or first in an open branch', () => {
  expect(drop('c', 0.05)).toEqual({ parentId: null, afterId: null })
  expect(drop('c', 1.1)).toEqual({ parentId: null, afterId: id('a') })
  expect(drop('c', 1.95)).toEqual({ parentId: id('b'), afterId: null })
  expect(drop('c', 2.9)).toEqual({ parentId: id('b'), afterId: id('b1') })
})

test('where branches end the distance from the left decides', () => {
  expect(drop('a', 3.9, 1)).toEqual({ parentId: id('b'), afterId: id('b2') })
  expect(drop('a', 3.9, 0)).toEqual({ parentId: null, afterId: id('b') })
  expect(drop('b2', 4.02, 0)).toEqual({ parentId: null, afterId: id('b') })
  expect(drop('b2', 4.02, 1)).toBeNull()
})

test('nothing changes in its own place, and nothing goes below itself', () => {
  expect(drop('b', 1.1)).toBeNull()
  expect(drop('b', 1.5)).toBeNull()
  expect(drop('b', 2.5)).toBeNull()
  expect(drop('b', 2.95, 1)).toBeNull()
  expect(drop('a', 0)).toBeNull()
})

test('what one may only read takes nothing in; beside it there is room', () => {
  expect(drop('a', 5.4)).toEqual({ parentId: null, afterId: id('c') })
  expect(drop('a', 99)).toEqual({ parentId: null, afterId: id('read') })
  expect(drop('c', -3)).toEqual({ parentId: null, afterId: null })
})

test('wherever one lets go, no document comes to stand below itself', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(), { minLength: 1, maxLength: 12 }),
      fc.nat(),
      fc.double({ min: -2, max: 15, noNaN: true }),
      fc.integer({ min: -2, max: 9 }),
      (parents, which, y, depth) => {
        const forest = parents.map((below, index) =>
          make(
            `d${index}x`,
            index === 0 || below % (index + 1) === index ? null : `d${below % (index + 1)}x`,
            `a${index}`,
          ),
        )
        const all = linesOf(buildTree(forest), new Set())
        const dragged = forest[which % forest.length]?.id
        if (dragged === undefined) return
        const found = dropAt(all, dragged, y, depth)
        if (found === null) return
        const own = withDescendants(forest, dragged)
        const { parentId, afterId } = found.place
        expect(parentId !== null && own.has(parentId)).toBe(false)
        expect(afterId).not.toBe(dragged)
        if (afterId) expect(forest.find((one) => one.id === afterId)?.parentId).toBe(parentId)
      },
    ),
  )
})
