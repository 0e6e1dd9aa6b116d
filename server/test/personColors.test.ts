import { personColors } from '@weft/shared/auth'
import type { WorkspaceId } from '@weft/shared/kit'
import { afterEach, expect, test } from 'vitest'
import { startTeam, type TestPerson, type TestServer } from './harness.ts'

const servers: TestServer[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

async function started() {
  const team = await startTeam()
  servers.push(team.server)
  return team
}

const colorsIn = async (person: TestPerson, workspaceId: WorkspaceId): Promise<Map<string, string>> =>
  new Map((await person.api.workspaces.members({ workspaceId })).map(({ name, color }) => [name, color]))

test('the people of a workspace have different colours while there are colours left, and keep theirs', async () => {
  const { ann, workspaceId, joins } = await started()
  for (let n = 1; n < personColors.length; n++) {
    const before = await colorsIn(ann, workspaceId)
    await joins(`Person ${n}`, n % 2 === 0 ? 'member' : 'guest')
    const after = await colorsIn(ann, workspaceId)
    expect(new Set(after.values()).size).toBe(n + 1)
    for (const [name, color] of before) expect(after.get(name)).toBe(color)
  }
  const last = await joins('One more', 'member')
  const { color } = await last.api.auth.me()
  expect(personColors).toContain(color)
  expect((await colorsIn(ann, workspaceId)).get('One more')).toBe(color)
})

test('who comes to a second workspace, where their colour is taken, gets one that nobody in either has', async () => {
  const { server, ann, workspaceId, joins } = await started()
  const ben = await joins('Ben', 'member')
  const before = (await ben.api.auth.me()).color
  // Colours follow from ids, and ids are drawn: sooner or later somebody has the same.
  let owner = await server.signUp('Owner')
  for (let n = 1; owner.account.color !== before; n++) owner = await server.signUp(`Owner ${n}`)
  const other = (await owner.api.workspaces.create({ name: 'Spindles' })).id as WorkspaceId
  await ben.api.workspaces.acceptInvite(await owner.api.workspaces.invite({ workspaceId: other, role: 'member' }))
  const { color } = await ben.api.auth.me()
  const [here, there] = [await colorsIn(ann, workspaceId), await colorsIn(owner, other)]
  expect(there.get(owner.name)).toBe(before)
  expect([before, here.get('Ann')]).not.toContain(color)
  expect([here.get('Ben'), there.get('Ben')]).toEqual([color, color])
})
