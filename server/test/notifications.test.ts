import type { CommandId, MentionId, NotificationId } from '@weft/shared/kit'
import { defaultPreferences } from '@weft/shared/notifications'
import { afterEach, expect, test } from 'vitest'
import { password, startTestServer } from './harness.ts'
import { by, newId, patience, readInboxOf, startNotificationRoom } from './notificationRoom.ts'
import { RawClient } from './rawClient.ts'
import { stopAll } from './syncServer.ts'

afterEach(stopAll)

const page = { view: 'inbox', limit: 50 } as const
const hour = 3_600_000

test('[NOTIFY-3] who is mentioned hears of it, with who, where and why; nobody else does, nor who did it', async () => {
  const room = await startNotificationRoom()
  const [ann, ben, cleo] = await Promise.all([room.server.member(), room.server.member(), room.server.member()])
  const documentId = await room.server.document()
  const reader = await readInboxOf(room.server, ben)
  const mentionId = newId<MentionId>()
  await room.mention(ann, documentId, ben, mentionId)
  await room.mention(ann, documentId, ann)

  const { notifications, unread, seq } = await room.notifications.list(ben, page)
  expect({ unread, seq }).toEqual({ unread: 1, seq: 1 })
  expect(notifications).toMatchObject([
    {
      kind: 'mention',
      level: 'info',
      reason: 'mentioned',
      workspaceId: room.server.workspaceId,
      documentId,
      actorIds: [ann],
      count: 1,
      detail: { mentionId },
      readAt: null,
    },
  ])
  await expect.poll(reader.meta, patience).toEqual({ seq: 1, unread: 1 })
  expect(reader.rows()).toEqual(notifications)
  for (const other of [ann, cleo]) expect((await room.notifications.list(other, page)).notifications).toEqual([])
})

test('[NOTIFY-1] several facts on one document are one row, which is unread again; a fact that comes again is none', async () => {
  const room = await startNotificationRoom()
  const [ann, ben, cleo] = await Promise.all([room.server.member(), room.server.member(), room.server.member()])
  const [documentId, other] = [await room.server.document(), await room.server.document()]
  for (const id of [documentId, other]) await room.watch(cleo, id)
  await room.edit(ann, documentId)
  await room.edit(ben, documentId)
  await room.edit(ann, other)
  const rows = () => room.notifications.list(cleo, page).then(({ notifications }) => notifications)
  const [, first] = await rows()
  expect(first).toMatchObject({ documentId, count: 2, actorIds: [ben, ann], detail: { added: 20, removed: 4 } })
  expect(first).toMatchObject({ kind: 'edit', reason: 'watching' })

  const id = first?.id as NotificationId
  await room.notifications.mark(by(cleo), [id], true)
  expect((await room.notifications.list(cleo, page)).unread).toBe(1)
  await room.edit(ben, documentId)
  const [again] = await rows()
  expect(again).toMatchObject({ id, count: 1, actorIds: [ben], readAt: null })

  // The process ended before its position was written: everything comes again.
  const before = await room.notifications.list(cleo, page)
  await room.server.storage.transaction((tx) =>
    tx.updateTable('consumer_positions').set({ seq: 0 }).where('consumer', '=', 'notifications').execute(),
  )
  await room.restart()
  await room.told()
  expect(await room.notifications.list(cleo, page)).toEqual(before)
})

test('watching comes by itself with making and writing, unless one said otherwise; muting silences all of it', async () => {
  const room = await startNotificationRoom()
  const [ann, ben] = await Promise.all([room.server.member(), room.server.member()])
  const documentId = await room.server.document()
  await room.happen(ann, { type: 'document.created', documentId, parentId: null })
  expect(await room.notifications.watch(ann, documentId)).toMatchObject({ state: 'watching', reason: 'created' })
  await room.edit(ben, documentId)
  expect(await room.notifications.watch(ben, documentId)).toMatchObject({ state: 'watching', reason: 'wrote' })
  expect((await room.notifications.list(ann, page)).notifications).toMatchObject([{ kind: 'edit', reason: 'created' }])

  await room.notifications.setWatch(by(ben), documentId, null)
  await room.edit(ben, documentId)
  expect(await room.notifications.watch(ben, documentId)).toMatchObject({ state: null, reason: null })
  await room.notifications.setWatch(by(ben), documentId, 'muted')
  await room.mention(ann, documentId, ben)
  expect((await room.notifications.list(ben, page)).notifications).toEqual([])
  await room.happen(ann, { type: 'document.access-changed', documentId, userId: ben, role: 'edit', touched: [] })
  expect((await room.notifications.list(ben, page)).notifications).toMatchObject([{ kind: 'share' }])
  expect((await room.notifications.watches(ben)).watches).toMatchObject([{ documentId, state: 'muted' }])

  const stranger = await room.server.member('guest')
  await expect(room.notifications.watch(stranger, documentId)).rejects.toMatchObject({ id: 'not-found' })
  await expect(room.notifications.setPrivateMail(by(ben), documentId, true)).rejects.toMatchObject({
    id: 'not-permitted',
  })
})

test('a kind that is not wanted in the inbox is not there, and security always is', async () => {
  const room = await startNotificationRoom()
  const [ann, ben] = await Promise.all([room.server.member(), room.server.member()])
  const documentId = await room.server.document()
  const off = { page: false, push: false, mail: 'off' } as const
  const kinds = { ...defaultPreferences.kinds, mention: off, security: off }
  await room.notifications.changePreferences(by(ben), { ...defaultPreferences, kinds })
  await room.mention(ann, documentId, ben)
  await room.happen(null, { type: 'account.warned', userId: ben, warning: 'new-sign-in' })
  const { notifications, unread } = await room.notifications.list(ben, page)
  expect(notifications).toMatchObject([{ kind: 'security', level: 'warning', detail: { warning: 'new-sign-in' } }])
  expect(unread).toBe(1)

  // By mail alone: in no list and no count, but it can be opened from there.
  const byMail = { ...kinds, mention: { ...off, mail: 'now' } as const }
  await room.notifications.changePreferences(by(ben), { ...defaultPreferences, kinds: byMail })
  await room.mention(ann, documentId, ben)
  expect((await room.notifications.list(ben, page)).unread).toBe(1)
  const [sent] = await room.server.storage.read.selectFrom('deliveries').selectAll().execute()
  expect(sent).toMatchObject({ user_id: ben, kind: 'mention', channel: 'mail' })
  const id = sent?.notification_id as NotificationId
  expect(await room.notifications.get(ben, id)).toMatchObject({ kind: 'mention', documentId })
  await room.notifications.open(by(ben), id, 'mail')
  expect((await room.notifications.get(ben, id)).readAt).not.toBeNull()
})

test('[NOTIFY-3] what one may not see any more is gone from list, count and open windows, and comes back with the access', async () => {
  const room = await startNotificationRoom()
  const { server } = room
  const [ann, guest] = await Promise.all([server.member(), server.member('guest')])
  const documentId = await server.document()
  const share = (role: 'edit' | null) =>
    room.happen(
      ann,
      { type: 'document.access-changed', documentId, userId: guest, role, touched: [documentId] },
      (tx) =>
        role === null
          ? tx.deleteFrom('document_access').where('user_id', '=', guest).execute()
          : tx.insertInto('document_access').values({ document_id: documentId, user_id: guest, role }).execute(),
    )
  // Not theirs to see: not told.
  await room.mention(ann, documentId, guest)
  expect((await room.notifications.list(guest, page)).notifications).toEqual([])
  await share('edit')
  await room.mention(ann, documentId, guest)
  const reader = await readInboxOf(server, guest)
  expect(reader.meta().unread).toBe(2)
  expect(reader.rows().map(({ kind }) => kind)).toEqual(['mention', 'share'])

  await share(null)
  await expect.poll(() => reader.meta().unread, patience).toBe(0)
  expect(reader.rows()).toEqual([])
  expect(await room.notifications.list(guest, page)).toMatchObject({ notifications: [], unread: 0 })
  await share('edit')
  await expect.poll(() => reader.meta().unread, patience).toBe(2)
  const { notifications } = await room.notifications.list(guest, page)
  await expect.poll(reader.rows, patience).toEqual(notifications)

  // Away while it went into the trash: found out when they come.
  await reader.leave()
  await expect.poll(() => server.sync.stats().channels, patience).toBe(0)
  await server.storage.transaction((tx) =>
    tx.updateTable('documents').set({ removed_at: Date.now() }).where('id', '=', documentId).execute(),
  )
  const later = await readInboxOf(server, guest)
  expect([later.rows(), later.meta().unread]).toEqual([[], 0])
})

test('[NOTIFY-2] marking on one device shows on the other; what is new since the page was drawn stays unread', async () => {
  const room = await startNotificationRoom()
  const [ann, ben] = await Promise.all([room.server.member(), room.server.member()])
  const documents = await Promise.all(Array.from({ length: 3 }, () => room.server.document()))
  for (const documentId of documents) await room.mention(ann, documentId, ben)
  const [desk, phone] = [await readInboxOf(room.server, ben), await readInboxOf(room.server, ben)]
  expect(desk.meta()).toEqual({ seq: 3, unread: 3 })
  const [newest, middle, oldest] = desk.rows().map(({ id }) => id) as [NotificationId, NotificationId, NotificationId]

  const command = newId<CommandId>()
  expect(await room.notifications.mark(by(ben, command), [oldest], true)).toEqual({ seq: 4 })
  await expect.poll(phone.meta, patience).toEqual({ seq: 4, unread: 2 })
  await room.notifications.mark(by(ben), [oldest], false)
  // Sent again by an outbox that heard no answer: the first answer, and nothing changes [EVENT-4].
  expect(await room.notifications.mark(by(ben, command), [oldest], true)).toEqual({ seq: 4 })
  await expect.poll(phone.meta, patience).toEqual({ seq: 5, unread: 3 })

  // `middle` was on no page yet when this was said.
  await room.notifications.archive(by(ben), [newest], true)
  expect(await room.notifications.markAll(by(ben), 1)).toEqual({ seq: 6 })
  expect(await room.notifications.markAll(by(ben), 2)).toEqual({ seq: 7 })
  for (const device of [phone, desk]) await expect.poll(device.meta, patience).toEqual({ seq: 7, unread: 1 })
  expect(desk.rows().map(({ id, readAt }) => [id, readAt === null])).toEqual([
    [middle, false],
    [oldest, true],
  ])
  expect(await room.notifications.markAll(by(ben), 7, ['edit'])).toEqual({ seq: 7 })
  expect(await room.notifications.open(by(ben), oldest, 'push')).toEqual({ seq: 8 })
  expect((await room.notifications.list(ben, { ...page, view: 'archived' })).notifications).toMatchObject([
    { id: newest, archivedAt: expect.any(Number) },
  ])
  // What happens there from now on is a row of its own.
  await room.mention(ann, documents[2] ?? ('' as never), ben)
  expect((await room.notifications.list(ben, { ...page, unread: true })).notifications).toMatchObject([{ count: 1 }])
  await expect.poll(() => phone.meta().unread, patience).toBe(1)
  await expect(room.notifications.open(by(ann), oldest, 'page')).rejects.toMatchObject({ id: 'not-found' })
  expect(await room.notifications.mark(by(ann), [oldest], false)).toEqual({ seq: 0 })
})

test('what sleeps is in no list and no count, and comes back on top, unread, at its time, also over a restart', async () => {
  const room = await startNotificationRoom()
  const [ann, ben] = await Promise.all([room.server.member(), room.server.member()])
  const [first, second] = [await room.server.document(), await room.server.document()]
  await room.mention(ann, first, ben)
  await room.mention(ann, second, ben)
  const reader = await readInboxOf(room.server, ben)
  const id = reader.rows()[1]?.id as NotificationId
  await room.notifications.mark(by(ben), [id], true)
  await room.notifications.snooze(by(ben), id, Date.now() + hour)
  await expect.poll(() => reader.rows().length, patience).toBe(1)
  // It sleeps on, and knows of more when it wakes.
  await room.mention(ann, first, ben)
  expect(await room.notifications.list(ben, page)).toMatchObject({ unread: 1, notifications: [{ documentId: second }] })
  expect((await room.notifications.list(ben, { ...page, view: 'snoozed' })).notifications).toMatchObject([{ id }])

  await room.restart()
  room.server.clock.ahead = 2 * hour
  await expect.poll(() => reader.rows().map((row) => row.documentId), patience).toEqual([first, second])
  expect(reader.meta().unread).toBe(2)
  expect(reader.rows()[0]).toMatchObject({ id, readAt: null, snoozedUntil: null })
  expect(reader.rows()[0]?.updatedAt).toBeGreaterThan(Date.now() + hour)

  await room.notifications.snooze(by(ben), id, Date.now() + 9 * hour)
  await room.notifications.snooze(by(ben), id, null)
  expect((await room.notifications.list(ben, page)).notifications).toHaveLength(2)
})

test('a thousand rows are listed page by page, each once, and what is older than the history goes', async () => {
  const room = await startNotificationRoom()
  const [ann, ben] = await Promise.all([room.server.member(), room.server.member()])
  const documentId = await room.server.document()
  await room.mention(ann, documentId, ben)
  const { storage } = room.server
  const row = await storage.read.selectFrom('notifications').selectAll().executeTakeFirstOrThrow()
  const { place: _place, unread: _unread, ...stored } = row
  await storage.transaction(async (tx) => {
    await tx
      .insertInto('notifications')
      // Ten at a time, so that pages end between rows of one moment.
      .values(
        Array.from({ length: 999 }, (_, n) => ({
          ...stored,
          id: newId<NotificationId>(),
          group_key: `test/${n}`,
          updated_at: row.updated_at - Math.floor(n / 10),
          read_at: n % 2 === 0 ? 1 : null,
        })),
      )
      .execute()
    await tx.updateTable('inboxes').set({ unread: 500 }).execute()
  })
  const seen: string[] = []
  for (let cursor: string | undefined; ; ) {
    const { notifications, next, unread } = await room.notifications.list(ben, { view: 'inbox', limit: 70, cursor })
    expect(unread).toBe(500)
    seen.push(...notifications.map(({ id }) => id))
    if (next === null) break
    cursor = next
  }
  expect(seen).toHaveLength(1_000)
  expect(new Set(seen).size).toBe(1_000)
  const reader = await readInboxOf(room.server, ben)
  expect(reader.rows()).toHaveLength(300)
  expect(reader.meta().unread).toBe(500)
  const read = await room.notifications.list(ben, { ...page, unread: false, kinds: ['mention'] })
  expect(read.notifications).toHaveLength(50)
  expect((await room.notifications.list(ben, { ...page, kinds: ['edit'] })).notifications).toEqual([])

  await storage.transaction((tx) =>
    tx
      .updateTable('notifications')
      .set({ updated_at: Date.now() - 31 * 24 * hour })
      .where('id', 'in', seen.slice(100) as NotificationId[])
      .execute(),
  )
  await room.notifications.clean()
  expect(await storage.read.selectFrom('notifications').select('id').execute()).toHaveLength(100)
  await expect.poll(() => reader.rows().length, patience).toBe(100)
  const { unread } = await room.notifications.list(ben, page)
  expect(reader.meta().unread).toBe(unread)
  expect(unread).toBe(reader.rows().filter(({ readAt }) => readAt === null).length)
})

test('admins hear once of each step by which their workspace fills, until it has shrunk, also over a restart', async () => {
  const room = await startNotificationRoom()
  const [admin, member] = await Promise.all([room.server.member('admin'), room.server.member()])
  const told = async () => {
    const list = await room.notifications.list(admin, page)
    return list.notifications.map(({ count, level, detail }) => [count, level, detail.percent])
  }
  const becomes = (expected: unknown[][]) => expect.poll(told, patience).toEqual(expected)
  for (const bytes of [100, 799, 801, 820]) room.fill(bytes)
  await becomes([[1, 'warning', 80]])
  await room.restart()
  for (const bytes of [790, 810, 1_001]) room.fill(bytes)
  await becomes([[2, 'error', 100]])
  for (const bytes of [500, 850]) room.fill(bytes)
  await becomes([[3, 'warning', 80]])
  expect((await room.notifications.list(member, page)).notifications).toEqual([])
})

test('the real count of what a workspace takes is what its admins are warned by', async () => {
  await using server = await startTestServer({ limits: { workspaceBytes: 100 } })
  const ann = await server.signUp('Ann')
  const workspaceId = (await ann.api.workspaces.create({ name: 'Looms' })).id
  const { id } = await ann.api.documents.create({
    workspaceId,
    title: 'A title that fills a hundred bytes with its seed',
  })
  const client = new RawClient(server.syncUrl)
  await client.join(`doc/${id}\0s`, await ann.token())
  await expect
    .poll(async () => (await ann.api.notifications.list({})).notifications, patience)
    .toMatchObject([{ kind: 'quota', level: 'error', reason: 'you-administer', workspaceId, detail: { percent: 100 } }])
  await client.end()
})

test('somebody is warned of a sign-in from a device that is not theirs, and of a new password', async () => {
  const clock = { ahead: 0, now: () => Date.now() + clock.ahead }
  await using server = await startTestServer({ clock })
  const ann = await server.signUp('Ann')
  const post = (path: string, body: object, headers: Record<string, string>) =>
    fetch(`${server.url}/api/auth/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: server.url, ...headers },
      body: JSON.stringify(body),
    })
  const signIn = (device: string) =>
    post('sign-in/email', { email: ann.email, password }, { 'user-agent': device }).then(({ status }) => status)
  const warnings = async () =>
    (await ann.api.notifications.list({})).notifications.map(({ kind, level, count, detail }) => [
      kind,
      level,
      count,
      detail.warning,
    ])
  // The day on which one sets up one's devices.
  expect(await signIn('desk')).toBe(200)
  clock.ahead = 25 * hour
  for (const device of ['desk', 'phone', 'phone']) expect(await signIn(device)).toBe(200)
  const one = ['security', 'warning', 1, 'new-sign-in']
  await expect.poll(warnings, patience).toEqual([one])
  const change = (currentPassword: string) =>
    post('change-password', { currentPassword, newPassword: 'another long password' }, { cookie: ann.cookie })
  expect((await change('not the right one')).ok).toBe(false)
  expect((await change(password)).status).toBe(200)
  await expect.poll(warnings, patience).toEqual([['security', 'warning', 1, 'password-changed'], one])
})
