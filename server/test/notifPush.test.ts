import { must, type UserId } from '@weft/shared/kit'
import { defaultPreferences } from '@weft/shared/notifications'
import { importJWK, jwtVerify } from 'jose'
import { afterEach, expect, test } from 'vitest'
import { startTestServer } from './harness.ts'
import { by, type NotificationRoom, nameOf, startNotificationRoom } from './notificationRoom.ts'
import { type PushService, startPushService } from './pushService.ts'
import { stopAll } from './syncServer.ts'

const open: PushService[] = []
afterEach(async () => {
  await stopAll()
  await Promise.all(open.splice(0).map((service) => service.close()))
})

async function startPush() {
  const service = await startPushService()
  open.push(service)
  const room = await startNotificationRoom()
  const [ann, ben] = await Promise.all([room.server.member(), room.server.member()])
  const subscribe = async (userId: UserId) => {
    const browser = service.browser()
    await room.notifications.push.subscribe(userId, browser.subscription)
    return browser
  }
  return { service, room, ann, ben, subscribe }
}

async function pass(room: NotificationRoom, ms: number): Promise<void> {
  room.server.clock.ahead += ms
  await room.notifications.settle()
}

const pushes = (room: NotificationRoom) =>
  room.server.storage.read
    .selectFrom('deliveries')
    .where('channel', '=', 'push')
    .select(['state', 'attempts'])
    .orderBy('created_at')
    .orderBy('id')
    .execute()

test('each browser of a person gets one message, sealed for it, that says what happened and opens the place', async () => {
  const { service, room, ann, ben, subscribe } = await startPush()
  const [desk, phone] = [await subscribe(ben), await subscribe(ben)]
  await subscribe(ann)
  const documentId = await room.server.document()
  await room.mention(ann, documentId, ben)
  await pass(room, 0)
  expect(service.pushed.map(({ path }) => path).toSorted()).toEqual([desk.path, phone.path].toSorted())
  const [row] = (await room.notifications.list(ben, { view: 'inbox', limit: 9 })).notifications
  const { id, detail } = must(row, 'the notification')
  const [{ headers, message }] = service.pushed as [(typeof service.pushed)[0]]
  expect(message).toEqual({
    notificationId: id,
    title: `${nameOf(ann)} mentioned you in Untitled`,
    body: `${nameOf(ann)} mentioned you in “Untitled” (Test).`,
    path: `/w/${room.server.workspaceId}/d/${documentId}?mention=${detail.mentionId}&notification=${id}&from=push`,
    tag: id,
  })
  expect(headers).toMatchObject({ ttl: '86400', topic: id, urgency: 'normal', 'content-encoding': 'aes128gcm' })
  const [, token, key] = /^vapid t=([^,]+), k=(.+)$/.exec(headers.authorization ?? '') ?? []
  const { publicKey } = await room.notifications.push.key()
  expect(key).toBe(publicKey)
  const bytes = Buffer.from(publicKey, 'base64url')
  const [x, y] = [bytes.subarray(1, 33).toString('base64url'), bytes.subarray(33).toString('base64url')]
  const { payload } = await jwtVerify(token ?? '', await importJWK({ kty: 'EC', crv: 'P-256', x, y }, 'ES256'))
  expect(payload).toMatchObject({ aud: service.url, sub: 'mailto:weft@weft.example' })
  await room.restart()
  expect(await room.notifications.push.key()).toEqual({ publicKey })
})

test('[NOTIFY-1] a service that fails is asked again for the same topic; a subscription that is gone is forgotten', async () => {
  const { service, room, ann, ben, subscribe } = await startPush()
  const [works, ends, fails] = [await subscribe(ben), await subscribe(ben), await subscribe(ben)]
  service.answers.set(ends.path, [410])
  service.answers.set(fails.path, [500, 503])
  await room.mention(ann, await room.server.document(), ben)
  await pass(room, 0)
  expect((await pushes(room)).map(({ state }) => state).toSorted()).toEqual(['dropped', 'sent', 'waiting'])
  for (const later of [60_000, 120_000]) await pass(room, later)
  const times = (path: string) => service.pushed.filter((one) => one.path === path).length
  expect([works, ends, fails].map(({ path }) => times(path))).toEqual([1, 1, 3])
  expect(new Set(service.pushed.map(({ headers }) => headers.topic)).size).toBe(1)

  // The one that ended is asked no more, and one that was given up by its browser neither.
  await room.notifications.push.unsubscribe(ben, works.subscription.endpoint)
  service.answers.set(fails.path, [400])
  await room.mention(ann, await room.server.document(), ben)
  await pass(room, 0)
  expect([works, ends, fails].map(({ path }) => times(path))).toEqual([1, 1, 4])
  expect((await pushes(room)).at(-1)).toEqual({ state: 'dead', attempts: 1 })
})

test('a kind that is not wanted by push is not pushed, and nothing is where nobody asked for it', async () => {
  const { service, room, ann, ben, subscribe } = await startPush()
  const documentId = await room.server.document()
  await room.mention(ann, documentId, ben)
  await subscribe(ben)
  const mention = { ...defaultPreferences.kinds.mention, push: false }
  await room.notifications.changePreferences(by(ben), {
    ...defaultPreferences,
    kinds: { ...defaultPreferences.kinds, mention },
  })
  await room.mention(ann, await room.server.document(), ben)
  await pass(room, 0)
  expect(service.pushed).toEqual([])
  expect(await pushes(room)).toEqual([])
})

test('a server that others can reach posts to addresses of push services alone', async () => {
  await using server = await startTestServer({ config: { publicUrl: 'https://weft.example.org' } })
  const ann = await server.signUp('Ann')
  const keys = { p256dh: 'x', auth: 'y' }
  for (const endpoint of [
    'http://127.0.0.1:9/x',
    'https://10.0.0.1/x',
    'https://localhost/x',
    'https://[::1]/x',
    'ftp://a.b/',
  ])
    await expect(ann.api.push.subscribe({ endpoint, keys })).rejects.toMatchObject({ id: 'invalid-input' })
  const endpoint = 'https://push.example.org/x'
  expect(await ann.api.push.subscribe({ endpoint, keys })).toEqual({ subscribed: true })
  expect(await ann.api.push.unsubscribe({ endpoint })).toEqual({ subscribed: false })
  expect(Buffer.from((await ann.api.push.key()).publicKey, 'base64url')).toHaveLength(65)
  await expect(server.stranger.push.key()).rejects.toMatchObject({ id: 'signed-out' })
})
