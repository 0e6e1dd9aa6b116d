import { DocumentId, randomId, UserId } from '@weft/shared/kit'
import type { WorkspaceAwareness } from '@weft/shared/presence'
import type { Member } from '@weft/shared/workspaces'
import { expect, test } from 'vitest'
import { ago } from './ago.ts'
import { initials } from './components/initials.ts'
import { mergePeople } from './people.ts'
import { keepIfSame, readersHere, rememberFor, withGone } from './readers.ts'

const person = (name: string) => ({ id: UserId.parse(randomId()), name, color: '#b4322f', image: null })
const member = (name: string, lastSeenAt: number | null = null): Member => ({
  ...person(name),
  role: 'member',
  joinedAt: 0,
  lastSeenAt,
})
const pageOf = (user: Member, state: Partial<WorkspaceAwareness> = {}): WorkspaceAwareness => ({
  user: { id: user.id, name: user.name, color: user.color, image: user.image },
  availability: 'online',
  documentId: null,
  activity: 'viewing',
  ...state,
})
const documentId = DocumentId.parse(randomId())

test('online beats away over several pages; those here come first; nobody here is offline with last seen', () => {
  const [dan, carol, bob, alice] = [member('Dan', 5), member('Carol'), member('Bob'), member('Alice', 7)]
  const states = [
    pageOf(bob, { availability: 'away' }),
    pageOf(carol, { availability: 'away' }),
    pageOf(carol, { documentId, activity: 'editing' }),
  ]
  const people = mergePeople([dan, carol, bob, alice], states, new Map([[dan.id, 9]]))
  expect(people.map(({ person: { name }, status, lastSeenAt }) => [name, status, lastSeenAt])).toEqual([
    ['Carol', 'online', null],
    ['Bob', 'away', null],
    ['Alice', 'offline', 7],
    ['Dan', 'offline', 9],
  ])
  expect(people[0]?.pages).toEqual([{ documentId, activity: 'editing' }])
})

test('somebody who is no member any more is not shown', () => {
  expect(mergePeople([], [pageOf(member('Gone'))])).toEqual([])
})

test('readers: once each, without oneself, away only when all pages are, malformed states ignored', () => {
  const [me, bob, carol] = [member('Me'), member('Bob'), member('Carol')]
  const states = [
    { user: me },
    { user: bob, cursor: null },
    { user: bob, cursor: null },
    { user: carol },
    { user: 'x' },
    {},
  ]
  const pages = [pageOf(bob, { availability: 'away' }), pageOf(carol, { documentId, activity: 'editing' })]
  const readers = readersHere(states, pages, documentId, me.id)
  expect(readers.map((reader) => [reader.person.name, reader.presence, reader.activity])).toEqual([
    ['Bob', 'away', 'viewing'],
    ['Carol', 'here', 'editing'],
  ])
})

test('a caret that moves is no other list of readers; another name, picture or doing is', () => {
  const bob = member('Bob')
  const at = (place: number) => ({ field: 'body', anchor: { assoc: place }, head: { assoc: place } })
  const read = (user: Member, cursor: unknown) =>
    readersHere([{ user, cursor }], [], documentId, UserId.parse(randomId()))
  const before = read(bob, at(0))
  expect(before[0]?.activity).toBe('editing')
  expect(keepIfSame(read(bob, at(-1)), before)).toBe(before)
  for (const other of [
    read(bob, null),
    read({ ...bob, name: 'Rob' }, at(0)),
    read({ ...bob, color: '#b4322e' }, at(0)),
    read({ ...bob, image: '/faces/bob.png' }, at(0)),
    [],
  ]) {
    expect(keepIfSame(other, before)).toBe(other)
  }
})

test('who leaves is remembered behind those here, for a quarter of an hour', () => {
  const [bob, carol] = [member('Bob'), member('Carol')]
  const both = readersHere([{ user: bob }, { user: carol }], [], documentId, UserId.parse(randomId()))
  const left = withGone(both.slice(1), both, 1_000)
  expect(left.map((reader) => [reader.person.name, reader.presence, reader.leftAt])).toEqual([
    ['Carol', 'here', null],
    ['Bob', 'gone', 1_000],
  ])
  expect(withGone(both.slice(1), left, 1_000 + rememberFor - 1)).toHaveLength(2)
  expect(withGone(both.slice(1), left, 1_000 + rememberFor)).toHaveLength(1)
  expect(withGone(both, left, 2_000).map(({ presence }) => presence)).toEqual(['here', 'here'])
})

test('initials of one, two and many words, with letters of several code points', () => {
  expect(['ada', 'Ada Lovelace', ' Ada King  of Lovelace ', '', 'é́mile zola'].map(initials)).toEqual([
    'A',
    'AL',
    'AL',
    '?',
    'É́Z',
  ])
})

test('how long ago, in words of the language', () => {
  expect(ago(59_000, 'en')).toBeNull()
  expect(ago(5 * 60_000, 'en')).toBe('5 minutes ago')
  expect(ago(3 * 3_600_000, 'de')).toBe('vor 3 Stunden')
})
