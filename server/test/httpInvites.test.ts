import { CommandId, InviteId, randomId, type WeftError } from '@weft/shared/kit'
import { expect, test } from 'vitest'
import { startTestServer, type TestPerson, type TestServer } from './harness.ts'
import { startMailServer } from './mailServer.ts'

/** A clock that a test turns. */
const turnedClock = () => {
  let ahead = 0
  return { now: () => Date.now() + ahead, turn: (ms: number) => (ahead += ms) }
}

const ids = async (calls: Promise<unknown>[]): Promise<string[]> =>
  (await Promise.allSettled(calls)).map((end) =>
    end.status === 'fulfilled' ? 'ok' : ((end.reason as WeftError).id ?? String(end.reason)),
  )

async function owned(server: TestServer): Promise<{ ann: TestPerson; workspaceId: string }> {
  const ann = await server.signUp('Ann')
  return { ann, workspaceId: (await ann.api.workspaces.create({ name: 'Looms' })).id }
}

test('of many first sign-ups at once, one owns the installation and the others are refused', async () => {
  await using server = await startTestServer()
  const ends = await Promise.allSettled(['A1', 'B2', 'C3', 'D4', 'E5'].map((name) => server.signUp(name)))
  const people = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []))
  expect(people.map(({ account }) => account.ownsInstallation)).toEqual([true])
  const refused = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason.id] : []))
  expect(refused).toEqual(['sign-up-closed', 'sign-up-closed', 'sign-up-closed', 'sign-up-closed'])
  const accounts = await server.app.storage.read.selectFrom('user').select('id').execute()
  expect(accounts).toEqual([{ id: people[0]?.account.id }])
})

test('with SIGN_UP=open anybody makes an account, and one of them owns the installation', async () => {
  await using server = await startTestServer({ config: { signUp: 'open' } })
  const people = await Promise.all(['A1', 'B2', 'C3'].map((name) => server.signUp(name)))
  expect(people.filter(({ account }) => account.ownsInstallation)).toHaveLength(1)
  expect(await server.stranger.auth.signUpState()).toEqual({ mode: 'open', singleSignOn: null })
})

test('a sign-up that is closed does not tell whether an address has an account', async () => {
  await using server = await startTestServer()
  await server.signUp('Ann')
  await expect(server.signUp('Ann')).rejects.toMatchObject({ id: 'sign-up-closed' })
  await expect(server.signUp('Ben')).rejects.toMatchObject({ id: 'sign-up-closed' })
  await expect(server.signUp('Ben', 'x'.repeat(43))).rejects.toMatchObject({ id: 'invite-not-valid' })
})

test('an invitation for one opens once, however many use it at once', async () => {
  await using server = await startTestServer({ config: { signUp: 'open' } })
  const { ann, workspaceId } = await owned(server)
  const { token } = await ann.api.workspaces.invite({ workspaceId, maxUses: 1 })
  const others = await Promise.all(['B', 'C', 'D', 'E'].map((name) => server.signUp(name)))
  const ends = await ids(others.map(({ api }) => api.workspaces.acceptInvite({ token })))
  expect(ends.toSorted()).toEqual(['invite-not-valid', 'invite-not-valid', 'invite-not-valid', 'ok'])
  expect(await ann.api.workspaces.members({ workspaceId })).toHaveLength(2)
  expect(await ann.api.workspaces.invites({ workspaceId })).toEqual([])
})

test('using an invitation twice counts once', async () => {
  await using server = await startTestServer()
  const { ann, workspaceId } = await owned(server)
  const invite = await ann.api.workspaces.invite({ workspaceId, maxUses: 3 })
  const ben = await server.signUp('Ben', invite.token)
  const accept = () => ben.api.workspaces.acceptInvite({ token: invite.token })
  expect(await ids([accept(), accept(), accept()])).toEqual(['ok', 'ok', 'ok'])
  await ann.api.workspaces.acceptInvite({ token: invite.token })
  expect(await ann.api.workspaces.get({ workspaceId })).toMatchObject({ role: 'owner' })
  expect(await ann.api.workspaces.invites({ workspaceId })).toMatchObject([{ uses: 1 }])
})

test('an invitation ends when it is withdrawn or its time is over, for accounts too', async () => {
  const clock = turnedClock()
  await using server = await startTestServer({ clock })
  const { ann, workspaceId } = await owned(server)
  const withdrawn = await ann.api.workspaces.invite({ workspaceId })
  const brief = await ann.api.workspaces.invite({ workspaceId, expiresInHours: 1 })
  const ben = await server.signUp('Ben', brief.token)
  await ann.api.workspaces.withdrawInvite({ workspaceId, inviteId: withdrawn.id })
  clock.turn(3_600_001)
  for (const { token } of [withdrawn, brief]) {
    await expect(ben.api.workspaces.acceptInvite({ token })).rejects.toMatchObject({ id: 'invite-not-valid' })
    await expect(server.stranger.workspaces.previewInvite({ token })).rejects.toMatchObject({ id: 'invite-not-valid' })
    await expect(server.signUp('Carl', token)).rejects.toMatchObject({ id: 'invite-not-valid' })
  }
  expect(await ann.api.workspaces.invites({ workspaceId })).toEqual([])
})

test('the role is that of the invitation, whatever is sent beside its secret', async () => {
  await using server = await startTestServer()
  const { ann, workspaceId } = await owned(server)
  const { token } = await ann.api.workspaces.invite({ workspaceId, role: 'guest' })
  expect(await server.stranger.workspaces.previewInvite({ token })).toEqual({
    workspaceName: 'Looms',
    invitedBy: 'Ann',
    role: 'guest',
    email: null,
  })
  const ben = await server.signUp('Ben', token)
  const response = await ben.fetch('/api/v1/invites/accept', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token, role: 'owner', workspaceId, userId: ann.account.id }),
  })
  expect(await response.json()).toMatchObject({ role: 'guest' })
  expect(await ben.api.workspaces.get({ workspaceId })).toMatchObject({ role: 'guest' })
})

test('the secret of an invitation is told once: not in lists, not in the database, not in a Referer', async () => {
  await using server = await startTestServer()
  const { ann, workspaceId } = await owned(server)
  const commandId = CommandId.parse(randomId())
  const inviteId = InviteId.parse(randomId())
  const make = () => ann.api.workspaces.invite({ workspaceId, id: inviteId }, { context: { commandId } })
  const { token, url } = await make()
  expect(new URL(url).hash).toBe(`#${token}`)
  expect(JSON.stringify(await ann.api.workspaces.invites({ workspaceId }))).not.toContain(token)
  const { read } = server.app.storage
  const rows = [
    await read.selectFrom('invites').selectAll().execute(),
    await read.selectFrom('commands').selectAll().execute(),
  ]
  expect(rows.map((found) => found.length)).toEqual([1, 1])
  expect(JSON.stringify(rows)).not.toContain(token)
  expect((await fetch(server.url)).headers.get('referrer-policy')).toBe('no-referrer')
  expect((await make()).token).toBe(token)
  expect(await ann.api.workspaces.invites({ workspaceId })).toHaveLength(1)
})

test('[EVENT-4] a command that is sent again changes nothing and gets the first answer', async () => {
  await using server = await startTestServer({ config: { signUp: 'open' } })
  const { ann, workspaceId } = await owned(server)
  const once = { context: { commandId: CommandId.parse(randomId()) } }
  const make = () => ann.api.documents.create({ workspaceId, title: 'Once' }, once)
  const [first, second] = await Promise.all([make(), make()])
  expect(second).toEqual(first)
  expect(await make()).toEqual(first)
  expect(await ann.api.documents.list({ workspaceId })).toHaveLength(1)
  const eve = await server.signUp('Eve')
  await expect(eve.api.workspaces.create({ name: 'Mine' }, once)).rejects.toMatchObject({ id: 'conflict' })
  const events = await server.app.storage.read
    .selectFrom('events')
    .select('type')
    .where('type', '=', 'document.created')
    .execute()
  expect(events).toHaveLength(1)
})

test('whoever was removed does not come back by an older invitation, only by a newer one', async () => {
  const clock = turnedClock()
  await using server = await startTestServer({ clock })
  const { ann, workspaceId } = await owned(server)
  const old = await ann.api.workspaces.invite({ workspaceId })
  const [ben, carl] = [await server.signUp('Ben', old.token), await server.signUp('Carl', old.token)]
  const accept = (who: TestPerson, token: string) => who.api.workspaces.acceptInvite({ token })
  const remove = (who: TestPerson) => ann.api.workspaces.removeMember({ workspaceId, userId: who.account.id })
  await accept(ben, old.token)
  await remove(ben)
  await expect(accept(ben, old.token)).rejects.toMatchObject({ id: 'invite-not-valid', status: 410 })
  expect(await ben.api.workspaces.list()).toEqual([])
  // The same link still admits everybody else; no clock that was set back makes a new link an old one.
  await accept(carl, old.token)
  clock.turn(-7_200_000)
  const newer = await ann.api.workspaces.invite({ workspaceId })
  expect(await accept(ben, newer.token)).toMatchObject({ role: 'member' })
  await remove(ben)
  for (const { token } of [old, newer])
    await expect(accept(ben, token)).rejects.toMatchObject({ id: 'invite-not-valid' })
  // Who left of their own accord may come back as they came.
  await carl.api.workspaces.removeMember({ workspaceId, userId: carl.account.id })
  expect(await accept(carl, old.token)).toMatchObject({ role: 'member' })
})

test('an invitation by e-mail is mailed, and opens for that address alone', async () => {
  const mails = await startMailServer()
  try {
    await using server = await startTestServer({ config: { smtpUrl: mails.url } })
    const { ann, workspaceId } = await owned(server)
    const invite = () => ann.api.workspaces.invite({ workspaceId, email: 'Ben@weft.example', maxUses: 5 })
    const { token, url, mailed } = await invite()
    expect(mailed).toBe(true)
    expect(mails.mails).toMatchObject([{ to: ['ben@weft.example'], text: expect.stringContaining(url) }])
    expect(mails.mails[0]?.headers.get('subject')).toBe('Ann invites you to Looms')
    expect(mails.mails[0]?.headers.has('list-unsubscribe')).toBe(false)
    expect(await ann.api.workspaces.invites({ workspaceId })).toMatchObject([{ email: 'ben@weft.example', maxUses: 1 }])
    expect(await server.stranger.workspaces.previewInvite({ token })).toMatchObject({ email: 'ben@weft.example' })

    await expect(server.signUp('Carl', token)).rejects.toMatchObject({ id: 'invite-not-valid' })
    const open = await ann.api.workspaces.invite({ workspaceId })
    const carl = await server.signUp('Carl', open.token)
    await expect(carl.api.workspaces.acceptInvite({ token })).rejects.toMatchObject({ id: 'invite-not-valid' })
    const ben = await server.signUp('Ben', token)
    expect(await ben.api.workspaces.acceptInvite({ token })).toMatchObject({ name: 'Looms' })

    mails.refusals.push(550)
    expect(await ann.api.workspaces.invite({ workspaceId, email: 'dora@weft.example' })).toMatchObject({
      mailed: false,
    })
    for (const email of ['dora', 'a@b@c', `${'x'.repeat(250)}@weft.example`]) {
      await expect(ann.api.workspaces.invite({ workspaceId, email })).rejects.toMatchObject({ id: 'invalid-input' })
    }
  } finally {
    await mails.close()
  }
})

test('without a mail server an invitation by e-mail is left to be handed on', async () => {
  await using server = await startTestServer()
  const { ann, workspaceId } = await owned(server)
  const made = await ann.api.workspaces.invite({ workspaceId, email: 'ben@weft.example' })
  expect(made).toMatchObject({ mailed: false, email: 'ben@weft.example' })
  const ben = await server.signUp('Ben', made.token)
  expect(await ben.api.workspaces.acceptInvite(made)).toMatchObject({ role: 'member' })
})
