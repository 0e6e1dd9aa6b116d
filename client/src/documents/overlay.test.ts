import { Document, RemovedDocument } from '@weft/shared/documents'
import { CommandId, DocumentId, randomId, UserId, WorkspaceId } from '@weft/shared/kit'
import { expect, test } from 'vitest'
import type { OutboxRow } from '../live/index.ts'
import {
  archiveCommand,
  createCommand,
  type DocumentCommand,
  duplicateCommand,
  iconCommand,
  moveCommand,
  removeCommand,
  renameCommand,
  restoreCommand,
  starCommand,
  templateCommand,
} from './commands.ts'
import { type Lists, withCommands } from './overlay.ts'
import { buildTree, type TreeNode } from './tree.ts'

const workspaceId = WorkspaceId.parse('workspace'.padEnd(16, '0'))
const userId = UserId.parse('ann'.padEnd(16, '0'))
const idOf = (name: string) => DocumentId.parse(name.padEnd(16, '0'))
const make = (name: string, parent: string | null, position: string) =>
  Document.parse({
    id: idOf(name),
    workspaceId,
    parentId: parent === null ? null : idOf(parent),
    position,
    title: name,
    kind: 'rich',
    role: 'edit',
    createdBy: userId,
    createdAt: 0,
    updatedAt: 0,
  })

const lists: Lists = {
  documents: [make('a', null, 'a0'), make('b', null, 'a1'), make('b1', 'b', 'a0'), make('c', null, 'a2')],
  trash: [RemovedDocument.parse({ ...make('old', null, 'a0'), removedAt: 1 })],
}
const one = (name: string) => make(name, name === 'b1' ? 'b' : null, 'a0')
const rows = (...commands: DocumentCommand[]): OutboxRow[] =>
  commands.map((command, order) => ({
    ...command,
    commandId: CommandId.parse(randomId()),
    awaits: [],
    order,
    at: 7,
    state: 'waiting',
  }))

const names = (nodes: readonly TreeNode[]): unknown[] =>
  nodes.map(({ document, children }) => (children.length === 0 ? document.title : [document.title, names(children)]))
const treeOf = (list: Lists) => names(buildTree(list.documents))
const over = (given: Lists, commands: OutboxRow[]) => withCommands(given, commands, { workspaceId, userId })

test('what waits is laid over the list in its order', () => {
  const shown = over(
    lists,
    rows(
      { ...createCommand(lists, { workspaceId, id: idOf('new'), parentId: idOf('a') }), title: 'new' },
      moveCommand(lists, one('c'), { parentId: null, afterId: null }),
      renameCommand(one('b'), 'B'),
      removeCommand(lists, one('a')),
      restoreCommand([], one('old')),
    ),
  )
  expect(treeOf(shown)).toEqual(['c', 'old', ['B', ['b1']]])
  expect(shown.trash.map(({ title, removedAt }) => [title, removedAt])).toEqual([['a', 7]])
})

test('what is removed and restored without a network comes back with what lies below it', () => {
  const removal = rows(removeCommand(lists, one('b')))
  expect(treeOf(over(lists, removal))).toEqual(['a', 'c'])
  const restoring = restoreCommand(removal, one('b'))
  expect(restoring.writes).toEqual([idOf('b'), idOf('b1')])
  expect(treeOf(over(lists, [...removal, ...rows(restoring)]))).toEqual(treeOf(lists))
})

test('[EVENT-3] over a list that shows them already, executed ones change nothing', () => {
  const commands = rows(
    moveCommand(lists, one('c'), { parentId: idOf('b') }),
    renameCommand(one('a'), 'A'),
    removeCommand(lists, one('b1')),
  )
  const first = over(lists, commands)
  const executed = commands.map((row) => ({ ...row, state: 'done' as const }))
  expect(treeOf(over(first, executed))).toEqual(treeOf(first))
  expect(over(first, executed).trash).toEqual(first.trash)
})

test('a refused one, and one of another workspace, are not shown', () => {
  const [row] = rows(removeCommand(lists, one('b')))
  if (row === undefined) throw new Error('nothing was made')
  expect(over(lists, [{ ...row, state: 'refused' }])).toEqual(lists)
  expect(over(lists, [{ ...row, workspaceId: WorkspaceId.parse('elsewhere'.padEnd(16, '0')) }])).toEqual(lists)
})

test('what is made in a narrower place, or moved there, is narrower too; what has a list of its own stays so', () => {
  const narrow = { ...make('narrow', null, 'a3'), restricted: true, narrower: true }
  const own = { ...make('own', 'narrow', 'a0'), restricted: true, narrower: true }
  const given: Lists = { ...lists, documents: [...lists.documents, narrow, own] }
  const shown = over(
    given,
    rows(
      createCommand(given, { workspaceId, id: idOf('new'), parentId: idOf('narrow') }),
      createCommand(given, { workspaceId, id: idOf('open'), parentId: idOf('a') }),
      moveCommand(given, one('c'), { parentId: idOf('narrow') }),
      moveCommand(given, own, { parentId: null }),
      moveCommand(given, narrow, { parentId: idOf('a') }),
    ),
  )
  const found = new Map(shown.documents.map(({ id, role, narrower }) => [id, `${role} ${narrower}`]))
  const of = (name: string) => found.get(idOf(name))
  expect([of('new'), of('open'), of('c'), of('own'), of('narrow')]).toEqual([
    'edit true',
    'manage false',
    'edit true',
    'edit true',
    'edit true',
  ])
  const back = over(shown, rows(moveCommand(shown, one('c'), { parentId: null })))
  expect(back.documents.find(({ id }) => id === idOf('c'))?.narrower).toBe(false)
})

test('marks are shown at once; an archived branch comes back with what went with it alone', () => {
  const before: Lists = { ...lists, documents: [...lists.documents, { ...make('b2', 'b', 'a1'), archivedAt: 3 }] }
  const marks = rows(
    iconCommand(one('a'), '🧵'),
    starCommand(one('a'), true),
    templateCommand(one('c'), true),
    archiveCommand(before, one('b'), true),
  )
  const shown = over(before, marks)
  const of = (list: Lists, name: string) => list.documents.find(({ id }) => id === idOf(name))
  expect(of(shown, 'a')).toMatchObject({ icon: '🧵', starredAt: 7 })
  expect(of(shown, 'c')).toMatchObject({ template: true })
  expect(['b', 'b1', 'b2'].map((name) => of(shown, name)?.archivedAt)).toEqual([7, 7, 3])
  const back = over(shown, rows(archiveCommand(shown, one('b'), false)))
  expect(['b', 'b1', 'b2'].map((name) => of(back, name)?.archivedAt)).toEqual([null, null, 3])
})

test('a copy stands behind its original, with its icon and for no more people; what waits for it knows of it', () => {
  const given: Lists = {
    ...lists,
    documents: [{ ...make('few', null, 'Zz'), icon: '🧵', restricted: true, narrower: true }, ...lists.documents],
  }
  const copy = { id: idOf('copy'), title: 'few (copy)', withBelow: true, parentId: null, afterId: idOf('few') }
  const command = duplicateCommand(given, make('few', null, 'Zz'), copy)
  expect(command).toMatchObject({ writes: [idOf('copy')], reads: [idOf('few')] })
  const shown = over(given, rows(command))
  expect(treeOf(shown)).toEqual(['few', 'few (copy)', 'a', ['b', ['b1']], 'c'])
  expect(shown.documents.find(({ id }) => id === idOf('copy'))).toMatchObject({
    icon: '🧵',
    restricted: true,
    narrower: true,
    role: 'manage',
    template: false,
  })
})
