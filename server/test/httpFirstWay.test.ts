import { expect, test } from 'vitest'
import { startTestServer } from './harness.ts'

test("the newcomer's way: sign up, a workspace, a document from Markdown, an invitation, the text back", async () => {
  await using server = await startTestServer()
  expect(await server.stranger.auth.signUpState()).toEqual({ mode: 'first', singleSignOn: null })
  const ann = await server.signUp('Ann')
  expect(ann.account).toMatchObject({ name: 'Ann', ownsInstallation: true })
  expect(await server.stranger.auth.signUpState()).toEqual({ mode: 'invited', singleSignOn: null })

  const workspace = await ann.api.workspaces.create({ name: 'Looms' })
  const document = await ann.api.documents.create({
    workspaceId: workspace.id,
    title: 'Warp and weft',
    markdown: 'One thread.\n\n- over\n- under\n',
  })
  expect(document).toMatchObject({ title: 'Warp and weft', parentId: null, role: 'manage', kind: 'rich' })

  const invite = await ann.api.workspaces.invite({ workspaceId: workspace.id })
  expect(invite.url).toBe(`${server.url}/invite#${invite.token}`)
  const ben = await server.signUp('Ben', invite.token)
  expect(ben.account.ownsInstallation).toBe(false)
  expect(await ben.api.workspaces.acceptInvite({ token: invite.token })).toMatchObject({ role: 'member' })
  expect(await ben.api.documents.list({ workspaceId: workspace.id })).toMatchObject([{ id: document.id, role: 'edit' }])

  await ben.api.documents.rename({ documentId: document.id, title: 'Weft and warp' })
  expect(await ann.api.documents.export({ documentId: document.id })).toEqual({
    title: 'Weft and warp',
    markdown: expect.stringContaining('One thread.'),
  })
  expect(await ann.api.documents.get({ documentId: document.id })).toMatchObject({ title: 'Weft and warp' })
  const members = await ann.api.workspaces.members({ workspaceId: workspace.id })
  expect(members.map(({ name, role }) => [name, role])).toEqual([
    ['Ann', 'owner'],
    ['Ben', 'member'],
  ])
})
