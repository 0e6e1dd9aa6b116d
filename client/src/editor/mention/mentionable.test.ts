import type { Person } from '@weft/shared/auth'
import type { DocumentRole } from '@weft/shared/documents'
import { randomId, UserId } from '@weft/shared/kit'
import type { Member } from '@weft/shared/workspaces'
import { expect, test } from 'vitest'
import type { Status } from '../../presence/index.ts'
import { isNamed, mentionable, type Surroundings } from './mentionable.ts'

const person = (name: string): Person => ({ id: UserId.parse(randomId()), name, color: '#b4322f', image: null })
const [ann, ben, cleo, dan, gus] = ['Ann', 'Ben', 'Cleo', 'Dan', 'Gus'].map(person) as [
  Person,
  Person,
  Person,
  Person,
  Person,
]
const members = [ann, ben, cleo, dan, gus].map(
  (one): Member => ({ ...one, role: one === gus ? 'guest' : 'member', joinedAt: 0, lastSeenAt: null }),
)

function around(known: Partial<Surroundings> = {}, statuses: readonly [Person, Status][] = []): Surroundings {
  const status = new Map(statuses)
  const present = members.map((one, i) => ({
    person: one,
    status: status.get([ann, ben, cleo, dan, gus][i] ?? ann) ?? 'offline',
    lastSeenAt: null,
    pages: [],
  }))
  return { own: ann, members, present, forEverybody: true, readers: [], ...known }
}
const here = (...people: Person[]) => new Map(people.map((one) => [one.id, one]))
const names = (known: Surroundings, ...there: Person[]): string[] =>
  mentionable(known, here(...there)).map(({ person: { name } }) => name)
const grant = ({ id }: Person, role: DocumentRole = 'edit') => ({ userId: id, role })

test('those in the document come first, then online, away and offline ones by name, oneself at the end', () => {
  const statuses: [Person, Status][] = [
    [ben, 'away'],
    [dan, 'online'],
    [ann, 'online'],
  ]
  expect(names(around({}, statuses), cleo)).toEqual(['Cleo', 'Dan', 'Ben', 'Ann'])
})

test('nobody who may not see the document is offered', () => {
  expect(names(around({ readers: undefined }))).toEqual(['Ben', 'Cleo', 'Dan', 'Ann'])
  expect(names(around({ readers: [grant(gus)] }))).toContain('Gus')
  expect(names(around({ forEverybody: false, readers: [grant(ann), grant(cleo)] }))).toEqual(['Cleo', 'Ann'])
  expect(names(around({ forEverybody: false, readers: undefined }), dan)).toEqual(['Dan', 'Ann'])
})

test('a guest is offered those whom they see, and no word of the others', () => {
  expect(
    names(around({ own: gus, members: undefined, present: [], forEverybody: false, readers: undefined }), ben),
  ).toEqual(['Ben', 'Gus'])
})

test('who may only read is known by what was given to them', () => {
  const found = mentionable(around({ readers: [grant(ben, 'view'), grant(cleo, 'edit')] }), here())
  expect(found.filter(({ readsOnly }) => readsOnly).map(({ person: { name } }) => name)).toEqual(['Ben'])
})

test.each([
  ['Ann Lovelace', '', true],
  ['Ann Lovelace', 'ann', true],
  ['Ann Lovelace', 'LOVE', true],
  ['Ann Lovelace', 'an lo', true],
  ['Ann Lovelace', 'lo an', false],
  ['Ann Lovelace', 'nn', false],
  ['Ann Lovelace', 'ann ', true],
  ['Ann', 'ann ', false],
  ['Ann Lovelace', 'lovelace ', false],
  ['Zoë Ångström', 'zoe ang', true],
  ['Zoe Angstrom', 'zoë Å', true],
  ["Siobhán O'Brien-King", 'siobhan king', true],
  ['李 小龍', '小', true],
])('“%s” is found by “%s”: %s', (name, query, found) => {
  expect(isNamed(name, query)).toBe(found)
})
