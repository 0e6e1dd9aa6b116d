import { Document } from '@weft/shared/documents'
import { describe, expect, it } from 'vitest'
import { ancestorsOf, buildTree, movesOf, type TreeNode, withDescendants } from './tree.ts'

const idOf = (name: string): string => name.padEnd(16, '0')
const make = (name: string, parent: string | null, position: string) =>
  Document.parse({
    id: idOf(name),
    workspaceId: idOf('workspace'),
    parentId: parent === null ? null : idOf(parent),
    position,
    title: name,
    kind: 'rich',
    role: 'edit',
    createdBy: idOf('ann'),
    createdAt: 0,
    updatedAt: 0,
  })
const shape = (nodes: readonly TreeNode[]): unknown =>
  nodes.map(({ document, children }) =>
    children.length === 0 ? document.title : { [document.title]: shape(children) },
  )

const documents = [make('b', null, 'a1'), make('a', null, 'a0'), make('b2', 'b', 'a1'), make('b1', 'b', 'a0')]
const id = (name: string) => make(name, null, '').id

describe('the tree', () => {
  it('nests and orders by position', () => {
    expect(shape(buildTree(documents))).toEqual(['a', { b: ['b1', 'b2'] }])
  })

  it('orders by UTF-16 code units as the server does, capitals before small letters', () => {
    expect(shape(buildTree([make('x', null, 'a0'), make('y', null, 'Zz')]))).toEqual(['y', 'x'])
  })

  it('shows what lies below a document that one may not view at the top', () => {
    expect(shape(buildTree([make('orphan', 'hidden', 'a5'), ...documents]))).toEqual([
      'a',
      { b: ['b1', 'b2'] },
      'orphan',
    ])
  })

  it('loses nothing in a ring', () => {
    expect(shape(buildTree([make('p', 'q', 'a0'), make('q', 'p', 'a1')]))).toEqual([{ p: ['q'] }])
  })

  it('takes equal positions by id', () => {
    expect(shape(buildTree([make('z', null, 'a0'), make('m', null, 'a0')]))).toEqual(['m', 'z'])
  })
})

describe('moves', () => {
  const tree = buildTree(documents)

  it('of the first at the top: only down', () => {
    expect(movesOf(tree, id('a'))).toEqual({ down: { parentId: null, afterId: id('b') } })
  })

  it('of the second: up to the front, or into the one before', () => {
    expect(movesOf(tree, id('b'))).toEqual({
      up: { parentId: null, afterId: null },
      in: { parentId: id('a') },
    })
  })

  it('of a nested one: out, behind its parent', () => {
    expect(movesOf(tree, id('b2')).out).toEqual({ parentId: null, afterId: id('b') })
  })

  it('of one that is not there: none', () => {
    expect(movesOf(tree, id('nothing'))).toEqual({})
  })
})

it('finds what lies below, and the way from the top', () => {
  const deep = [...documents, make('b21', 'b2', 'a0')]
  expect(withDescendants(deep, id('b'))).toEqual(new Set(['b', 'b1', 'b2', 'b21'].map(id)))
  expect(ancestorsOf(deep, id('b21')).map(({ title }) => title)).toEqual(['b', 'b2'])
})
