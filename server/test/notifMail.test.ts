import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { NotificationId, UserId } from '@weft/shared/kit'
import { defaultPreferences, type NotificationPreferences } from '@weft/shared/notifications'
import { afterEach, expect, test } from 'vitest'
import { startTestServer } from './harness.ts'
import { type MailServer, parseMail, startMailServer } from './mailServer.ts'
import { by, type NotificationRoom, nameOf, patience, startNotificationRoom } from './notificationRoom.ts'
import { presenceOf, stopAll } from './syncServer.ts'

const open: MailServer[] = []
afterEach(async () => {
  await stopAll()
  await Promise.all(open.splice(0).map((server) => server.close()))
})

const minute = 60_000
const hour = 60 * minute
const page = { view: 'inbox', limit: 50 } as const

async function startMail() {
  const mail = await startMailServer()
  open.push(mail)
  const room = await startNotificationRoom({ mail: { smtpUrl: mail.url } })
  const [ann, ben] = await Promise.all([room.server.member(), room.server.member()])
  return { mail, room, ann, ben }
}

const wish = (room: NotificationRoom, userId: UserId, chosen: Partial<NotificationPreferences>) =>
  room.notifications.changePreferences(by(userId), { ...defaultPreferences, ...chosen })

const titled = (room: NotificationRoom, documentId: string, title: string) =>
  room.server.storage.transaction((tx) =>
    tx
      .updateTable('documents')
      .set({ title })
      .where('id', '=', documentId as never)
      .execute(),
  )

/** Lets time pass, and does what is due by then. */
async function pass(room: NotificationRoom, ms: number): Promise<void> {
  room.server.clock.ahead += ms
  await room.notifications.settle()
}

const states = (room: NotificationRoom) =>
  room.server.storage.read.selectFrom('deliveries').selectAll().orderBy('created_at').orderBy('id').execute()

test('a mention is mailed at once, as text and HTML, with a link to the place and one that ends such mails', async () => {
  const { mail, room, ann, ben } = await startMail()
  const documentId = await room.server.document()
  await titled(room, documentId, 'Grün & <b>gut</b>')
  await room.mention(ann, documentId, ben)
  await room.mention(ann, documentId, ben)
  await pass(room, minute)
  expect(mail.mails).toHaveLength(1)
  const [{ to, headers, text, html } = never] = mail.mails
  expect(to).toEqual([`${ben}@weft.example`])
  expect(headers.get('subject')).toBe(`${nameOf(ann)} mentioned you in Grün & <b>gut</b>`)
  expect(headers.get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
  expect(headers.get('list-unsubscribe')).toMatch(/^<http:\/\/127\.0\.0\.1:3000\/unsubscribe\?token=\S+>$/)
  const [row] = (await room.notifications.list(ben, page)).notifications
  const place = `/w/${room.server.workspaceId}/d/${documentId}?mention=${row?.detail.mentionId}`
  const link = `http://127.0.0.1:3000${place}&notification=${row?.id}&from=mail`
  expect(text).toContain(`${nameOf(ann)} mentioned you 2 times in “Grün & <b>gut</b>” (Test).`)
  expect(text).toContain(link)
  expect(text).toContain('You get this because you were mentioned.')
  expect(html).toContain('“Grün &amp; &lt;b&gt;gut&lt;/b&gt;”')
  expect(html).toContain(link.replaceAll('&', '&amp;'))
  expect(html).not.toContain('<b>')
  await pass(room, 24 * hour)
  expect(mail.mails).toHaveLength(1)
})

test('what was read, taken away, muted by wish, or is before the person’s eyes is not mailed', async () => {
  const { mail, room, ann, ben } = await startMail()
  const { server } = room
  const [seen, gone, unwanted, shown] = await Promise.all(Array.from({ length: 4 }, () => server.document()))
  await room.mention(ann, seen ?? never, ben)
  const [row] = (await room.notifications.list(ben, page)).notifications
  await room.notifications.mark(by(ben), [row?.id as NotificationId], true)
  await room.mention(ann, gone ?? never, ben)
  await server.storage.transaction((tx) =>
    tx
      .updateTable('documents')
      .set({ removed_at: Date.now() })
      .where('id', '=', gone ?? never)
      .execute(),
  )
  await pass(room, minute)
  const off = { ...defaultPreferences.kinds.mention, mail: 'off' } as const
  await room.mention(ann, unwanted ?? never, ben)
  await wish(room, ben, { kinds: { ...defaultPreferences.kinds, mention: off } })
  await pass(room, minute)
  expect((await states(room)).map(({ state }) => state)).toEqual(['dropped', 'dropped', 'dropped'])

  await wish(room, ben, {})
  const client = server.client()
  await client.join(presenceOf(server.workspaceId), server.token(ben, 1_000 * hour))
  client.awareness(presenceOf(server.workspaceId), 7, { documentId: shown, availability: 'online' })
  await expect.poll(() => server.sync.isLookingAt(ben, shown ?? never), patience).toBe(true)
  await room.mention(ann, shown ?? never, ben)
  expect(await states(room)).toHaveLength(3)
  client.awareness(presenceOf(server.workspaceId), 7, { documentId: shown, availability: 'away' })
  await expect.poll(() => server.sync.isLookingAt(ben, shown ?? never), patience).toBe(false)
  await room.mention(ann, shown ?? never, ben)
  await pass(room, minute)
  expect(mail.attempts).toHaveLength(1)
})

test('in quiet hours nothing leaves before their end', async () => {
  const { mail, room, ann, ben } = await startMail()
  const at = new Date()
  const clock = (later: number) => new Date(at.getTime() + later).toISOString().slice(11, 16)
  await wish(room, ben, { quietHours: { from: clock(-hour), until: clock(3 * hour) }, timeZone: 'UTC' })
  await room.mention(ann, await room.server.document(), ben)
  await pass(room, 2 * hour)
  expect(mail.attempts).toEqual([])
  await pass(room, hour + minute)
  expect(mail.mails).toHaveLength(1)
})

test('[NOTIFY-1] a mail that is not taken is tried again under the same id, also after a restart, and in the end is dead', async () => {
  const { mail, room, ann, ben } = await startMail()
  mail.refusals.push(451, 451)
  await room.mention(ann, await room.server.document(), ben)
  await pass(room, minute)
  expect(await states(room)).toMatchObject([{ state: 'waiting', attempts: 1, error: expect.stringContaining('451') }])
  await room.restart()
  await pass(room, 2 * minute)
  await pass(room, 5 * minute)
  expect(mail.attempts.map(({ headers }) => headers.get('message-id'))).toEqual(
    Array(3).fill(mail.mails[0]?.headers.get('message-id')),
  )
  expect(mail.mails[0]?.headers.get('message-id')).toMatch(/^<[A-Za-z0-9]{21}@127\.0\.0\.1>$/)
  expect(await states(room)).toMatchObject([{ state: 'sent' }])

  // For good: asking the same again is no use.
  mail.refusals.push(550)
  await room.mention(ann, await room.server.document(), ben)
  await pass(room, minute)
  expect((await states(room)).at(-1)).toMatchObject({ state: 'dead', attempts: 1 })
  mail.refusals.push(...Array<number>(20).fill(421))
  await room.mention(ann, await room.server.document(), ben)
  for (let n = 0; n < 12; n++) await pass(room, 7 * hour)
  expect((await states(room)).at(-1)).toMatchObject({ state: 'dead', attempts: 10 })
})

test('a digest comes at its hour where the person is, one for all that is unread by then, grouped by document', async () => {
  const { mail, room, ann, ben } = await startMail()
  const zone = 'Asia/Kathmandu'
  await wish(room, ben, { timeZone: zone, digest: { every: 'day', hour: 8, weekday: 1 } })
  const [first, second, read] = await Promise.all([
    room.server.document(),
    room.server.document(),
    room.server.document(),
  ])
  await titled(room, first, 'Looms')
  await titled(room, second, 'Mills')
  for (const documentId of [first, second, read]) await room.watch(ben, documentId)
  for (const documentId of [first, second, first, read]) await room.edit(ann, documentId)
  const rows = (await room.notifications.list(ben, page)).notifications
  const seen = rows.find(({ documentId }) => documentId === read)
  await room.notifications.mark(by(ben), [seen?.id as NotificationId], true)
  const due = (await states(room)).map((row) => row.due_at)
  const local = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' })
  expect(new Set(due.map((at) => local.format(at)))).toEqual(new Set(['08:00']))
  await pass(room, (due[0] ?? 0) - Date.now() - room.server.clock.ahead - minute)
  expect(mail.attempts).toEqual([])
  await pass(room, 2 * minute)
  expect(mail.mails).toHaveLength(1)
  const { headers, text } = mail.mails[0] ?? never
  expect(headers.get('subject')).toBe('2 things that concern you')
  expect(text.indexOf('Looms\n- ')).toBeLessThan(text.indexOf('Mills\n- '))
  expect(text).toContain(`${nameOf(ann)} edited “Looms” (Test) 2 times.`)
  expect(text.match(/^- /gm)).toHaveLength(2)
  await pass(room, 48 * hour)
  expect(mail.mails).toHaveLength(1)
})

test('a mail says nothing of what happened where the person or the document wants it so', async () => {
  const { mail, room, ann, ben } = await startMail()
  const admin = await room.server.member('admin')
  const documentId = await room.server.document()
  await titled(room, documentId, 'Salaries')
  await wish(room, ben, { privateMail: true })
  await room.mention(ann, documentId, ben)
  await pass(room, minute)
  await wish(room, ben, {})
  expect(await room.notifications.setPrivateMail(by(admin), documentId, true)).toMatchObject({ privateMail: true })
  await room.mention(ann, documentId, ben)
  await pass(room, minute)
  expect(mail.mails).toHaveLength(2)
  for (const { headers, text, html } of mail.mails) {
    expect(headers.get('subject')).toBe('Something new for you')
    for (const words of [text, html]) expect(words).not.toMatch(new RegExp(`Salaries|${nameOf(ann)}`))
  }
})

test('without a mail server mails are files; the links in them open, and one click ends such mails', async () => {
  const clock = { ahead: 0, now: () => Date.now() + clock.ahead }
  await using server = await startTestServer({ clock })
  const ann = await server.signUp('Ann')
  const workspaceId = (await ann.api.workspaces.create({ name: 'Looms' })).id
  const { token } = await ann.api.workspaces.invite({ workspaceId })
  const ben = await server.signUp('Ben', token)
  await ben.api.workspaces.acceptInvite({ token })
  const document = await ann.api.documents.create({ workspaceId, title: 'Budget' })
  await ann.api.documents.setAccess({ documentId: document.id, userId: ben.account.id, role: 'manage' })
  const mails = async () => {
    const names = await readdir(join(server.dataDir, 'mail')).catch(() => [])
    const raw = await Promise.all(names.map((name) => readFile(join(server.dataDir, 'mail', name), 'utf8')))
    return raw.map(parseMail)
  }
  await expect.poll(() => ben.api.notifications.list({}).then(({ unread }) => unread), patience).toBe(1)
  clock.ahead += minute
  await expect.poll(async () => (await mails()).length, patience).toBe(1)
  const [{ headers, text } = never] = await mails()
  expect(headers.get('to')).toBe(ben.email)
  expect(text).toContain('Ann shared “Budget” (Looms) with you: you may manage it.')

  const link = headers.get('list-unsubscribe')?.slice(1, -1) ?? ''
  const asked = await fetch(link)
  expect(asked.status).toBe(200)
  expect(await asked.text()).toContain('<form method="post">')
  const forged = await fetch(`${link.slice(0, -2)}xx`, { method: 'POST' })
  expect(forged.status).toBe(404)
  expect((await ben.api.notifications.preferences()).kinds.share.mail).toBe('now')
  const oneClick = { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) }
  expect((await fetch(link, oneClick)).status).toBe(200)
  expect((await ben.api.notifications.preferences()).kinds.share.mail).toBe('off')
  expect((await fetch(link, oneClick)).status).toBe(200)
  expect((await ben.api.notifications.preferences()).kinds.mention.mail).toBe('now')
})

const never = undefined as never
