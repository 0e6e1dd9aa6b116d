import { DocumentId, randomId } from '@weft/shared/kit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestPerson, type TestServer } from './harness.ts'

let server: TestServer
let [ann, ben, carol, gus]: TestPerson[] = []
beforeAll(async () => {
  server = await startTestServer({ config: { signUp: 'open' } })
  ;[ann, ben, carol, gus] = await Promise.all(['Ann', 'Ben', 'Carol', 'Gus'].map((name) => server.signUp(name)))
})
afterAll(() => server.close())

/** A workspace of Ann's with two members and a guest. */
async function team() {
  if (!ann || !ben || !carol || !gus) throw new Error('somebody is missing')
  const workspaceId = (await ann.api.workspaces.create({ name: 'Looms' })).id
  for (const person of [ben, carol, gus]) {
    const role = person === gus ? 'guest' : 'member'
    const { token } = await ann.api.workspaces.invite({ workspaceId, role })
    await person.api.workspaces.acceptInvite({ token })
  }
  const make = async (by: TestPerson, title: string, parentId: DocumentId | null = null) =>
    (await by.api.documents.create({ workspaceId, title, parentId })).id
  /** What a person may do with it; null: it does not exist for them. */
  const roleOf = async (person: TestPerson, documentId: DocumentId) =>
    person.api.documents.get({ documentId }).then(
      ({ role }) => role,
      () => null,
    )
  const give = (documentId: DocumentId, person: TestPerson, role: 'view' | 'comment' | 'suggest' | 'edit' | 'manage') =>
    must(ann).api.documents.setAccess({ documentId, userId: person.account.id, role })
  return { workspaceId, ann, ben, carol, gus, make, roleOf, give, docs: ann.api.documents }
}

const must = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('nobody is there')
  return value
}

describe('what is given on a document', () => {
  test('holds for what lies below it, until something nearer says otherwise', async () => {
    const { ann, ben, gus, make, roleOf, give } = await team()
    const top = await make(ann, 'Top')
    const middle = await make(ann, 'Middle', top)
    const leaf = await make(ann, 'Leaf', middle)
    await give(top, gus, 'edit')
    await give(top, ben, 'view')
    expect(await Promise.all([top, middle, leaf].map((id) => roleOf(gus, id)))).toEqual(['edit', 'edit', 'edit'])
    expect(await roleOf(ben, leaf)).toBe('view')
    await give(middle, gus, 'view')
    await give(middle, ben, 'manage')
    expect(await Promise.all([top, middle, leaf].map((id) => roleOf(gus, id)))).toEqual(['edit', 'view', 'view'])
    expect(await roleOf(ben, leaf)).toBe('manage')
  })

  test('comment and suggest are kept, and may view until comments and suggestions exist', async () => {
    const { ann, gus, make, roleOf, give } = await team()
    const top = await make(ann, 'Top')
    const leaf = await make(ann, 'Leaf', top)
    for (const role of ['comment', 'suggest'] as const) {
      await give(top, gus, role)
      expect([await roleOf(gus, top), await roleOf(gus, leaf)]).toEqual([role, role])
      await expect(gus.api.documents.rename({ documentId: leaf, title: 'New' })).rejects.toMatchObject({
        id: 'not-permitted',
      })
    }
  })

  test('changes with the place: a guest sees what is moved below what they were given', async () => {
    const { ann, gus, make, roleOf, give, docs } = await team()
    const [shared, other] = [await make(ann, 'Shared'), await make(ann, 'Other')]
    await give(shared, gus, 'view')
    expect(await roleOf(gus, other)).toBeNull()
    await docs.move({ documentId: other, parentId: shared })
    expect(await roleOf(gus, other)).toBe('view')
    await docs.move({ documentId: other, parentId: null })
    expect(await roleOf(gus, other)).toBeNull()
  })
})

describe('a restricted document', () => {
  test('is for those who are listed on it, with what lies below, and for owners and admins', async () => {
    const { ann, ben, carol, make, roleOf, give, docs } = await team()
    const [top, guard] = [await make(ann, 'Top'), await make(ann, 'Guard')]
    const leaf = await make(ann, 'Leaf', top)
    await give(top, ben, 'view')
    await docs.setRestricted({ documentId: top, restricted: true })
    const all = async (id: DocumentId) => Promise.all([ann, ben, carol].map((person) => roleOf(person, id)))
    expect([await all(top), await all(leaf)]).toEqual([
      ['manage', 'view', null],
      ['manage', 'view', null],
    ])
    expect(await all(guard)).toEqual(['manage', 'edit', 'edit'])
    await docs.setRestricted({ documentId: top, restricted: false })
    expect([await all(top), await all(leaf)]).toEqual([
      ['manage', 'view', 'edit'],
      ['manage', 'view', 'edit'],
    ])
  })

  test('keeps whoever restricts it, also if they managed it because of something above', async () => {
    const { ann, ben, carol, make, roleOf, give } = await team()
    const top = await make(ann, 'Top')
    const leaf = await make(ann, 'Leaf', top)
    await give(top, ben, 'manage')
    await ben.api.documents.setRestricted({ documentId: leaf, restricted: true })
    expect([await roleOf(ben, leaf), await roleOf(carol, leaf)]).toEqual(['manage', null])
  })

  test('what is made in it is for its list: taking somebody off takes all of it', async () => {
    const { ann, ben, make, roleOf, give, docs } = await team()
    const top = await make(ann, 'Top')
    await docs.setRestricted({ documentId: top, restricted: true })
    await give(top, ben, 'edit')
    const his = await make(ben, 'His', top)
    expect(await roleOf(ben, his)).toBe('edit')
    await docs.clearAccess({ documentId: top, userId: ben.account.id })
    expect([await roleOf(ben, top), await roleOf(ben, his)]).toEqual([null, null])
  })

  test('only who manages a document takes it into or out of a narrower place', async () => {
    const { ann, ben, carol, make, roleOf, give, docs } = await team()
    const [narrow, open] = [await make(ann, 'Narrow'), await make(ann, 'Open')]
    await docs.setRestricted({ documentId: narrow, restricted: true })
    await give(narrow, ben, 'edit')
    const inside = await make(ann, 'Inside', narrow)
    const refused = { id: 'not-permitted', message: expect.stringContaining('only who manages') }
    const move = (documentId: DocumentId, parentId: DocumentId | null) =>
      ben.api.documents.move({ documentId, parentId })
    await expect(move(inside, null)).rejects.toMatchObject(refused)
    await expect(move(open, narrow)).rejects.toMatchObject(refused)
    const his = await make(ben, 'His')
    await move(his, narrow)
    expect([await roleOf(carol, his), await roleOf(ann, his)]).toEqual([null, 'manage'])
    await move(his, null)
    expect(await roleOf(carol, his)).toBe('edit')
    const second = await make(ben, 'Second', narrow)
    await move(second, inside)
    expect(await roleOf(ben, second)).toBe('edit')
  })

  test('[ACCESS-3] is not given away by what stands above it: that goes into the trash without it', async () => {
    const { ann, ben, carol, make, roleOf, give, docs } = await team()
    const [top, guard] = [await make(ann, 'Top'), await make(ann, 'Guard')]
    const shelf = await make(ann, 'Shelf', top)
    const hidden = await make(ann, 'Hidden', shelf)
    await docs.setRestricted({ documentId: hidden, restricted: true })
    await give(hidden, carol, 'edit')
    const inside = await make(ann, 'Inside', hidden)
    await ben.api.documents.remove({ documentId: shelf })
    expect(await Promise.all([shelf, hidden, inside].map((id) => roleOf(carol, id)))).toEqual([null, 'edit', 'edit'])
    expect(await docs.get({ documentId: hidden })).toMatchObject({ parentId: top })
    await ben.api.documents.restore({ documentId: shelf })
    expect(await roleOf(carol, shelf)).toBe('edit')

    await give(guard, ben, 'view')
    await docs.move({ documentId: guard, parentId: shelf })
    const refused = { id: 'not-permitted' }
    await expect(ben.api.documents.remove({ documentId: shelf })).rejects.toMatchObject(refused)
  })

  test('who is listed below it does not move what they see out of it by mistake', async () => {
    const { workspaceId, ann, ben, make, give, docs } = await team()
    const hidden = await make(ann, 'Hidden')
    await docs.setRestricted({ documentId: hidden, restricted: true })
    const seen = await make(ann, 'Seen', hidden)
    await give(seen, ben, 'manage')
    const his = await make(ben, 'His')
    // For Ben all three stand on the top level.
    const { documents } = ben.api
    await expect(documents.move({ documentId: seen, parentId: null, afterId: his })).rejects.toMatchObject({
      id: 'not-permitted',
    })
    await documents.move({ documentId: his, parentId: null, afterId: seen })
    const list = await documents.list({ workspaceId })
    expect(new Map(list.map(({ id, parentId }) => [id, parentId]))).toEqual(
      new Map([
        [seen, null],
        [his, null],
      ]),
    )
    expect(await docs.get({ documentId: seen })).toMatchObject({ parentId: hidden, narrower: true })
  })

  test('comes back from the trash to the same people, also when what stood above it is gone', async () => {
    const { ann, ben, carol, gus, make, roleOf, give, docs } = await team()
    const narrow = await make(ann, 'Narrow')
    await docs.setRestricted({ documentId: narrow, restricted: true })
    await give(narrow, ben, 'edit')
    await give(narrow, gus, 'view')
    const inside = await make(ann, 'Inside', narrow)
    const below = await make(ann, 'Below', inside)
    await docs.remove({ documentId: inside })
    await docs.remove({ documentId: narrow })
    await docs.restore({ documentId: inside })
    for (const id of [inside, below]) {
      expect(await Promise.all([ann, ben, carol, gus].map((person) => roleOf(person, id)))).toEqual([
        'manage',
        'edit',
        null,
        'view',
      ])
    }
    expect(await docs.get({ documentId: inside })).toMatchObject({ parentId: null, narrower: true })
  })
})

describe('who may open a document, and why', () => {
  test('each with the role, where it comes from, and what is left without it', async () => {
    const { ann, ben, carol, gus, make, give, docs } = await team()
    const top = await make(ann, 'Plans')
    const leaf = await make(ann, 'Leaf', top)
    await give(top, gus, 'view')
    await give(leaf, ben, 'view')
    const { people, ...rest } = await carol.api.documents.people({ documentId: leaf })
    expect(rest).toEqual({ restricted: false, above: null, others: 1 })
    const of = (person: TestPerson) => people.find(({ userId }) => userId === person.account.id)
    expect(of(ann)).toMatchObject({
      role: 'manage',
      origin: { kind: 'workspace' },
      inherited: { role: 'manage', origin: { kind: 'workspace' } },
    })
    expect(of(ben)).toMatchObject({ role: 'view', origin: { kind: 'here' }, inherited: { role: 'edit' } })
    expect(of(carol)).toMatchObject({ role: 'edit', origin: { kind: 'workspace' }, inherited: { role: 'edit' } })
    expect(of(gus)).toMatchObject({
      role: 'view',
      origin: { kind: 'above', title: 'Plans' },
      inherited: { role: 'view' },
    })
    expect((await docs.people({ documentId: leaf })).others).toBe(2)
    await docs.setRestricted({ documentId: leaf, restricted: true })
    const narrower = await docs.people({ documentId: leaf })
    expect(narrower).toMatchObject({ restricted: true, above: null, others: 2 })
    expect(narrower.people.map(({ userId }) => userId).toSorted()).toEqual(
      [ann, ben].map((p) => p.account.id).toSorted(),
    )
    await docs.setRestricted({ documentId: top, restricted: true })
    expect(await docs.people({ documentId: leaf })).toMatchObject({ above: { title: 'Plans' }, others: 1 })
  })

  test('a repeated restriction says nothing new', async () => {
    const { ann, make, docs } = await team()
    const top = await make(ann, 'Top')
    const { seq } = await docs.setRestricted({ documentId: top, restricted: true })
    expect(await docs.setRestricted({ documentId: top, restricted: true })).toEqual({ seq })
    await expect(
      docs.setRestricted({ documentId: DocumentId.parse(randomId()), restricted: true }),
    ).rejects.toMatchObject({ id: 'not-found' })
  })
})
