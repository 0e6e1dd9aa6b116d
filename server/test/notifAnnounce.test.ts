import { must, type NotificationId, type UserId } from '@weft/shared/kit'
import { WriteAnnouncement } from '@weft/shared/notifications'
import { afterEach, expect, test } from 'vitest'
import type { z } from 'zod'
import { startTestServer } from './harness.ts'
import { type MailServer, startMailServer } from './mailServer.ts'
import { by, type NotificationRoom, patience, readInboxOf, startNotificationRoom } from './notificationRoom.ts'
import { stopAll } from './syncServer.ts'

const open: MailServer[] = []
afterEach(async () => {
  await stopAll()
  await Promise.all(open.splice(0).map((server) => server.close()))
})

const hour = 3_600_000
const page = { view: 'inbox', limit: 50 } as const
const said = (words: z.input<typeof WriteAnnouncement>) => WriteAnnouncement.parse(words)

async function startAnnouncing() {
  let owner: UserId | undefined
  const room = await startNotificationRoom({ owner: () => owner })
  const [boss, admin, member, guest] = await Promise.all([
    room.server.member(),
    room.server.member('admin'),
    room.server.member(),
    room.server.member('guest'),
  ])
  owner = boss
  return { room, boss, admin, member, guest, workspaceId: room.server.workspaceId }
}

const titles = async (room: NotificationRoom, userId: UserId) =>
  (await room.notifications.list(userId, page)).notifications.map(({ detail }) => detail.title)
const waitFor = (room: NotificationRoom, userId: UserId, expected: string[]) =>
  expect.poll(() => titles(room, userId), patience).toEqual(expected)

test('an admin tells a workspace, or those with a role there; only the owner of the installation tells more', async () => {
  const { room, boss, admin, member, guest, workspaceId } = await startAnnouncing()
  const { announcements } = room.notifications
  const everybody = said({ title: 'Everybody' })
  for (const who of [admin, member])
    await expect(announcements.announce(by(who), everybody)).rejects.toMatchObject({ id: 'not-permitted' })
  const forGuests = said({ title: 'Guests', audience: { workspaceId, roles: ['guest'] } })
  await expect(announcements.announce(by(member), forGuests)).rejects.toMatchObject({ id: 'not-permitted' })
  const open = await readInboxOf(room.server, guest)
  await announcements.announce(by(admin), forGuests)
  await waitFor(room, guest, ['Guests'])
  await expect.poll(() => open.meta().unread, patience).toBe(1)
  const text = 'x'.repeat(3_000)
  await announcements.announce(
    by(admin),
    said({ title: 'All here', text, level: 'warning', audience: { workspaceId, roles: null } }),
  )
  for (const who of [boss, member]) await waitFor(room, who, ['All here'])
  await waitFor(room, guest, ['All here', 'Guests'])
  expect(await titles(room, admin)).toEqual([])
  const [row] = (await room.notifications.list(member, page)).notifications
  expect(row).toMatchObject({
    kind: 'announcement',
    level: 'warning',
    reason: 'announced',
    actorIds: [admin],
    workspaceId,
  })
  expect(row?.detail.text).toHaveLength(500)
  expect((await room.notifications.get(member, row?.id as NotificationId)).detail.text).toBe(text)

  await expect
    .poll(() => announcements.list(admin, workspaceId), patience)
    .toMatchObject([
      { title: 'All here', state: 'sent', recipients: 3 },
      { title: 'Guests', state: 'sent', recipients: 1 },
    ])
  await expect(announcements.list(admin)).rejects.toMatchObject({ id: 'not-permitted' })
  expect(await announcements.list(boss)).toHaveLength(2)
})

test('[NOTIFY-1] those who have their inbox open hear first, then all of them, each once', async () => {
  const { room, boss, workspaceId } = await startAnnouncing()
  const others = await Promise.all(Array.from({ length: 250 }, () => room.server.member()))
  const last = must(others.toSorted().at(-1), 'the last in the order of ids')
  const reader = await readInboxOf(room.server, last)
  const { announcements } = room.notifications
  await announcements.announce(by(boss), said({ title: 'Now', audience: { workspaceId, roles: null } }))
  await expect.poll(() => announcements.list(boss), patience).toMatchObject([{ state: 'sent', recipients: 253 }])
  const rows = await room.server.storage.read.selectFrom('notifications').select(['user_id', 'created_at']).execute()
  expect(new Set(rows.map((row) => row.user_id)).size).toBe(253)
  expect(rows).toHaveLength(253)
  const first = rows.find((row) => row.user_id === last)
  expect(first?.created_at).toBe(Math.min(...rows.map((row) => row.created_at)))
  await expect.poll(() => reader.meta().unread, patience).toBe(1)
})

test('one that is scheduled goes out at its time, also after a restart, and one that is cancelled never does', async () => {
  const { room, admin, member, workspaceId } = await startAnnouncing()
  const audience = { workspaceId, roles: null }
  const later = (title: string, hours: number) =>
    room.notifications.announcements.announce(by(admin), said({ title, audience, dueAt: Date.now() + hours * hour }))
  const [cancelled, kept] = [await later('Cancelled', 1), await later('Kept', 2)]
  expect(kept).toMatchObject({ state: 'scheduled', recipients: 0 })
  const { announcements } = room.notifications
  await expect(announcements.cancel(by(member), cancelled.id)).rejects.toMatchObject({ id: 'not-permitted' })
  expect(await announcements.cancel(by(admin), cancelled.id)).toMatchObject({ state: 'cancelled' })
  await room.notifications.settle()
  expect(await titles(room, member)).toEqual([])
  await room.restart()
  room.server.clock.ahead = 3 * hour
  await waitFor(room, member, ['Kept'])
  await room.notifications.settle()
  expect(await titles(room, member)).toEqual(['Kept'])
  await expect(room.notifications.announcements.cancel(by(admin), kept.id)).rejects.toMatchObject({ id: 'conflict' })
})

test('the owner changes the words of mails, is told the name of a variable that is not there, and sees what became of them', async () => {
  const mail = await startMailServer()
  open.push(mail)
  const clock = { ahead: 0, now: () => Date.now() + clock.ahead }
  await using server = await startTestServer({
    clock,
    config: { smtpUrl: mail.url, mailFrom: 'Looms <looms@weft.example>' },
  })
  const ann = await server.signUp('Ann')
  const workspaceId = (await ann.api.workspaces.create({ name: 'Looms' })).id
  const { token } = await ann.api.workspaces.invite({ workspaceId })
  const ben = await server.signUp('Ben', token)
  await ben.api.workspaces.acceptInvite({ token })
  const share = async (title: string) => {
    const { id: documentId } = await ann.api.documents.create({ workspaceId, title })
    await ann.api.documents.setAccess({ documentId, userId: ben.account.id, role: 'edit' })
    return documentId
  }
  const admin = ann.api.notificationsAdmin
  const place = { kind: 'share', channel: 'mail' } as const
  const words = { ...place, subject: 'From {{ actor }}', text: 'Read {{ document | upcase }}, {{ person }}.' }
  const wrong = admin.setTemplate({ ...words, text: 'Read {{ documnet }}.' })
  await expect(wrong).rejects.toMatchObject({ id: 'invalid-input', message: expect.stringContaining('“documnet”') })
  await expect(admin.setTemplate({ ...words, text: '{% if %}' })).rejects.toMatchObject({ id: 'invalid-input' })
  await expect(admin.setTemplate({ ...words, text: '{{ actor | nofilter }}' })).rejects.toMatchObject({
    message: expect.stringContaining('nofilter'),
  })
  expect(await admin.previewTemplate(words)).toMatchObject({
    subject: 'From Ann Spinner',
    text: expect.stringContaining('Read BUDGET, Ben Weaver.'),
    html: expect.stringContaining('Read BUDGET, Ben Weaver.'),
  })
  expect(await admin.setTemplate(words)).toEqual({ ...words, changed: true })
  const known = await admin.templates()
  expect(known.templates.filter(({ changed }) => changed)).toEqual([{ ...words, changed: true }])
  await expect(ben.api.notificationsAdmin.templates()).rejects.toMatchObject({ id: 'not-permitted' })

  mail.refusals.push(550)
  await share('Budget')
  await expect.poll(() => ben.api.notifications.list({}).then(({ unread }) => unread), patience).toBe(1)
  clock.ahead += 60_000
  await expect
    .poll(() => admin.deadDeliveries(), patience)
    .toMatchObject([
      {
        channel: 'mail',
        kind: 'share',
        userId: ben.account.id,
        attempts: 1,
        error: expect.stringContaining('on purpose'),
      },
    ])
  const [dead] = await admin.deadDeliveries()
  expect(await admin.sendAgain({ ids: [must(dead, 'what is dead').id] })).toEqual({ waiting: 1 })
  await expect.poll(() => mail.mails.length, patience).toBe(1)
  expect(mail.mails[0]?.headers.get('subject')).toBe('From Ann')
  expect(mail.mails[0]?.headers.get('from')).toBe('Looms <looms@weft.example>')
  expect(mail.mails[0]?.text).toContain('Read BUDGET, Ben.')
  expect(mail.attempts.map(({ headers }) => headers.get('message-id'))).toEqual(
    Array(2).fill(mail.mails[0]?.headers.get('message-id')),
  )
  expect(await admin.resetTemplate(place)).toMatchObject({ changed: false, subject: expect.stringContaining('shared') })

  const [row] = (await ben.api.notifications.list({})).notifications
  await ben.api.notifications.open({ notificationId: must(row, 'the notification').id, from: 'mail' })
  const [from, until] = [-1, 1].map((day) => new Date(Date.now() + day * 24 * hour).toISOString().slice(0, 10)) as [
    string,
    string,
  ]
  const sum = async (channel: string) => {
    const all = (await admin.statistics({ from, until })).filter(
      (one) => one.kind === 'share' && one.channel === channel,
    )
    const of = (what: 'sent' | 'delivered' | 'seen' | 'clicked' | 'failed') => all.reduce((n, one) => n + one[what], 0)
    return [of('sent'), of('delivered'), of('seen'), of('clicked'), of('failed')]
  }
  expect(await sum('page')).toEqual([1, 1, 1, 0, 0])
  await expect.poll(() => sum('mail'), patience).toEqual([1, 1, 0, 1, 1])
  expect((await admin.announcements({})).length).toBe(0)
})
