import { apiContract } from '@weft/shared/api'
import type { Document } from '@weft/shared/documents'
import {
  type AnnouncementId,
  ApiKeyId,
  DocumentId,
  FileId,
  InviteId,
  type NotificationId,
  OriginId,
  randomId,
  SharedLinkId,
  UserId,
  WeftError,
  WorkspaceId,
} from '@weft/shared/kit'
import { defaultPreferences } from '@weft/shared/notifications'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { png } from './filePictures.ts'
import { type Api, startTestServer, type TestPerson, type TestServer } from './harness.ts'
import { onePixel } from './onePixel.ts'

/** What a call is made on: ids of one's own workspace, of somebody else's, or of nothing. */
interface Things {
  workspaceId: WorkspaceId
  documentId: DocumentId
  inviteId: InviteId
  userId: UserId
  fileId: FileId
  keyId: ApiKeyId
  originId: OriginId
  linkId: SharedLinkId
}

const roles = ['owner', 'admin', 'member', 'viewer', 'guest', 'outsider', 'stranger'] as const
type Role = (typeof roles)[number]
type Answer = 'ok' | 'not-permitted' | 'not-found' | 'signed-out' | 'conflict'

/** Answers by role, in the order of `roles`: o(k), p (not permitted), n(ot found), s(igned out), c(onflict). */
type Row = [answers: string, call: (api: Api, things: Things) => Promise<unknown>]
const words: Record<string, Answer> = { o: 'ok', p: 'not-permitted', n: 'not-found', s: 'signed-out', c: 'conflict' }

const nobodys = (): NotificationId => randomId() as NotificationId
/** A time that no test lives to see. */
const never = 4_000_000_000_000
const template = { channel: 'mail', kind: 'mention' } as const
const text = { subject: 'News', text: 'There is news.' }
const browser = () => ({
  endpoint: `https://push.example.org/${randomId()}`,
  keys: {
    p256dh: 'BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM',
    auth: 'tBHItJI5svbpez7KI4CCXg',
  },
})

/** Routes that name a workspace or what is in one. */
const onThings: Record<string, Row> = {
  'workspaces.get': ['ooooons', (api, { workspaceId }) => api.workspaces.get({ workspaceId })],
  'workspaces.rename': ['oopppns', (api, { workspaceId }) => api.workspaces.rename({ workspaceId, name: 'New' })],
  'workspaces.members': ['oooopns', (api, { workspaceId }) => api.workspaces.members({ workspaceId })],
  'workspaces.setRole': [
    'oopppns',
    (api, { workspaceId, userId }) => api.workspaces.setRole({ workspaceId, userId, role: 'guest' }),
  ],
  'workspaces.removeMember': [
    'oopppns',
    (api, { workspaceId, userId }) => api.workspaces.removeMember({ workspaceId, userId }),
  ],
  'workspaces.setPicture': [
    'oopppns',
    (api, { workspaceId }) => api.workspaces.setPicture({ workspaceId, data: onePixel }),
  ],
  'workspaces.setPublicLinks': [
    'oopppns',
    (api, { workspaceId }) => api.workspaces.setPublicLinks({ workspaceId, allowed: true }),
  ],
  'workspaces.clearPicture': ['oopppns', (api, { workspaceId }) => api.workspaces.clearPicture({ workspaceId })],
  'workspaces.suspended': ['oooopns', (api, { workspaceId }) => api.workspaces.suspended({ workspaceId })],
  'workspaces.suspendMember': [
    'oopppns',
    (api, { workspaceId, userId }) => api.workspaces.suspendMember({ workspaceId, userId }),
  ],
  'workspaces.reinstateMember': [
    'oopppns',
    (api, { workspaceId, userId }) => api.workspaces.reinstateMember({ workspaceId, userId }),
  ],
  // To whoever has it already, so that it has the same owner for the next one who asks.
  'workspaces.handOver': [
    'oppppns',
    (api, { workspaceId }) => api.workspaces.handOver({ workspaceId, userId: people.owner.account.id }),
  ],
  'workspaces.invites': ['oopppns', (api, { workspaceId }) => api.workspaces.invites({ workspaceId })],
  'workspaces.invite': ['oopppns', (api, { workspaceId }) => api.workspaces.invite({ workspaceId })],
  'workspaces.withdrawInvite': [
    'oopppns',
    (api, { workspaceId, inviteId }) => api.workspaces.withdrawInvite({ workspaceId, inviteId }),
  ],
  'documents.list': ['ooooons', (api, { workspaceId }) => api.documents.list({ workspaceId })],
  'documents.trash': ['ooooons', (api, { workspaceId }) => api.documents.trash({ workspaceId })],
  'documents.get': ['ooooons', (api, { documentId }) => api.documents.get({ documentId })],
  'documents.create': ['oooopns', (api, { workspaceId }) => api.documents.create({ workspaceId, title: 'New' })],
  'documents.move': ['oooppns', (api, { documentId }) => api.documents.move({ documentId, parentId: null })],
  'documents.rename': ['oooppns', (api, { documentId }) => api.documents.rename({ documentId, title: 'New' })],
  'documents.remove': ['oooppns', (api, { documentId }) => api.documents.remove({ documentId })],
  'documents.restore': ['oooppns', (api, { documentId }) => api.documents.restore({ documentId })],
  // It is not in the trash: they may, and it is refused for what it is.
  'documents.purge': ['ccpppns', (api, { documentId }) => api.documents.purge({ documentId })],
  'documents.emptyTrash': ['ooooons', (api, { workspaceId }) => api.documents.emptyTrash({ workspaceId })],
  'documents.archive': ['oooppns', (api, { documentId }) => api.documents.archive({ documentId })],
  'documents.unarchive': ['oooppns', (api, { documentId }) => api.documents.unarchive({ documentId })],
  'documents.setIcon': ['oooppns', (api, { documentId }) => api.documents.setIcon({ documentId, icon: '🧵' })],
  'documents.setStar': ['ooooons', (api, { documentId }) => api.documents.setStar({ documentId, starred: true })],
  'documents.setTemplate': [
    'oooppns',
    (api, { documentId }) => api.documents.setTemplate({ documentId, template: true }),
  ],
  'documents.duplicate': ['oooopns', (api, { documentId }) => api.documents.duplicate({ documentId })],
  'documents.export': ['ooooons', (api, { documentId }) => api.documents.export({ documentId })],
  'documents.access': ['oopppns', (api, { documentId }) => api.documents.access({ documentId })],
  'documents.setAccess': [
    'oopppns',
    (api, { documentId, userId }) => api.documents.setAccess({ documentId, userId, role: 'edit' }),
  ],
  'documents.clearAccess': [
    'oopppns',
    (api, { documentId, userId }) => api.documents.clearAccess({ documentId, userId }),
  ],
  // For what there is not, too; the workspace is one's own.
  'documents.askAccess': [
    'ooooons',
    (api, { workspaceId, documentId }) => api.documents.askAccess({ workspaceId, documentId }),
  ],
  'documents.accessRequests': ['oopppns', (api, { documentId }) => api.documents.accessRequests({ documentId })],
  'documents.declineAccess': [
    'oopppns',
    (api, { documentId, userId }) => api.documents.declineAccess({ documentId, userId }),
  ],
  'documents.backlinks': ['ooooons', (api, { documentId }) => api.documents.backlinks({ documentId })],
  'documents.people': ['oooopns', (api, { documentId }) => api.documents.people({ documentId })],
  'documents.setRestricted': [
    'oopppns',
    (api, { documentId }) => api.documents.setRestricted({ documentId, restricted: true }),
  ],
  'files.attach': ['oooppns', (api, { documentId, fileId }) => api.files.attach({ documentId, fileId })],
  'embed.keys': ['oopppns', (api, { workspaceId }) => api.embed.keys({ workspaceId })],
  'embed.createKey': ['oopppns', (api, { workspaceId }) => api.embed.createKey({ workspaceId, name: 'Host' })],
  'embed.revokeKey': ['oopppns', (api, { workspaceId, keyId }) => api.embed.revokeKey({ workspaceId, keyId })],
  'embed.origins': ['oopppns', (api, { workspaceId }) => api.embed.origins({ workspaceId })],
  'embed.addOrigin': [
    'oopppns',
    (api, { workspaceId }) => api.embed.addOrigin({ workspaceId, origin: 'https://example.org' }),
  ],
  'embed.removeOrigin': [
    'oopppns',
    (api, { workspaceId, originId }) => api.embed.removeOrigin({ workspaceId, originId }),
  ],
  'embed.ownToken': ['ooooons', (api, { documentId }) => api.embed.ownToken({ documentId })],
  'sharedLinks.list': ['oopppns', (api, { documentId }) => api.sharedLinks.list({ documentId })],
  'sharedLinks.create': ['oopppns', (api, { documentId }) => api.sharedLinks.create({ documentId })],
  'sharedLinks.change': [
    'oopppns',
    (api, { documentId, linkId }) => api.sharedLinks.change({ documentId, linkId, reach: 'workspace' }),
  ],
  'sharedLinks.end': ['oopppns', (api, { documentId, linkId }) => api.sharedLinks.end({ documentId, linkId })],
  'presence.lastSeen': ['oooopns', (api, { workspaceId }) => api.presence.lastSeen({ workspaceId })],
  'activity.list': ['ooooons', (api, { workspaceId }) => api.activity.list({ workspaceId })],
  'search.documents': ['ooooons', (api, { workspaceId }) => api.search.documents({ workspaceId, query: 'shared' })],
  'notifications.watch': ['ooooons', (api, { documentId }) => api.notifications.watch({ documentId })],
  'notifications.setWatch': [
    'ooooons',
    (api, { documentId }) => api.notifications.setWatch({ documentId, state: 'muted' }),
  ],
  'notifications.setPrivateMail': [
    'oopppns',
    (api, { documentId }) => api.notifications.setPrivateMail({ documentId, privateMail: true }),
  ],
  'notificationsAdmin.announcements': [
    'oopppns',
    (api, { workspaceId }) => api.notificationsAdmin.announcements({ workspaceId }),
  ],
  'notificationsAdmin.announce': [
    'oopppns',
    (api, { workspaceId }) =>
      api.notificationsAdmin.announce({ title: 'Hello', audience: { workspaceId, roles: null }, dueAt: never }),
  ],
}

/** Routes that name nothing that belongs to anybody. */
const onNothing: Record<string, Row> = {
  'auth.me': ['oooooos', (api) => api.auth.me()],
  'auth.setPicture': ['oooooos', (api) => api.auth.setPicture({ data: onePixel })],
  'auth.changeSettings': ['oooooos', (api) => api.auth.changeSettings({ language: 'de' })],
  'auth.clearPicture': ['oooooos', (api) => api.auth.clearPicture()],
  'auth.security': ['oooooos', (api) => api.auth.security()],
  // Another person's is like none.
  'auth.signOutDevice': ['nnnnnns', (api) => api.auth.signOutDevice({ id: randomId() })],
  'auth.signOutOthers': ['oooooos', (api) => api.auth.signOutOthers()],
  'auth.signUpState': ['ooooooo', (api) => api.auth.signUpState()],
  'workspaces.list': ['oooooos', (api) => api.workspaces.list()],
  'workspaces.create': ['oooooos', (api) => api.workspaces.create({ name: 'Mine' })],
  // An address of this machine, which is looked at for nobody.
  'files.linkPreview': ['oooooos', (api) => api.files.linkPreview({ address: 'http://127.0.0.1/' })],
  'workspaces.leaving': ['oooooos', (api) => api.workspaces.leaving()],
  'sync.token': ['oooooos', (api) => api.sync.token()],
  'notifications.list': ['oooooos', (api) => api.notifications.list({})],
  'notifications.names': ['oooooos', (api) => api.notifications.names({ ids: [nobodys()] })],
  'notifications.mark': ['oooooos', (api) => api.notifications.mark({ ids: [nobodys()], read: true })],
  'notifications.markAll': ['oooooos', (api) => api.notifications.markAll({ upTo: 0 })],
  'notifications.archive': ['oooooos', (api) => api.notifications.archive({ ids: [nobodys()], archived: true })],
  // Another person's is like none.
  'notifications.get': ['nnnnnns', (api) => api.notifications.get({ notificationId: nobodys() })],
  'notifications.snooze': ['nnnnnns', (api) => api.notifications.snooze({ notificationId: nobodys(), until: never })],
  'notifications.open': ['nnnnnns', (api) => api.notifications.open({ notificationId: nobodys() })],
  'notifications.preferences': ['oooooos', (api) => api.notifications.preferences()],
  'notifications.changePreferences': ['oooooos', (api) => api.notifications.changePreferences(defaultPreferences)],
  'notifications.watches': ['oooooos', (api) => api.notifications.watches()],
  'push.key': ['oooooos', (api) => api.push.key()],
  'push.subscribe': ['oooooos', (api) => api.push.subscribe(browser())],
  'push.unsubscribe': ['oooooos', (api) => api.push.unsubscribe({ endpoint: browser().endpoint })],
  // Who owns the installation signed up first.
  'notificationsAdmin.cancelAnnouncement': [
    'nnnnnns',
    (api) => api.notificationsAdmin.cancelAnnouncement({ announcementId: randomId() as AnnouncementId }),
  ],
  'notificationsAdmin.deadDeliveries': ['oppppps', (api) => api.notificationsAdmin.deadDeliveries()],
  'notificationsAdmin.sendAgain': ['oppppps', (api) => api.notificationsAdmin.sendAgain({ ids: ['none'] })],
  'notificationsAdmin.templates': ['oppppps', (api) => api.notificationsAdmin.templates()],
  'notificationsAdmin.setTemplate': ['oppppps', (api) => api.notificationsAdmin.setTemplate({ ...template, ...text })],
  'notificationsAdmin.resetTemplate': ['oppppps', (api) => api.notificationsAdmin.resetTemplate(template)],
  'notificationsAdmin.previewTemplate': [
    'oppppps',
    (api) => api.notificationsAdmin.previewTemplate({ ...template, ...text }),
  ],
  'notificationsAdmin.statistics': [
    'oppppps',
    (api) => api.notificationsAdmin.statistics({ from: '2031-05-01', until: '2031-05-04' }),
  ],
}

/** Routes that are opened by the secret of an invitation; httpInvites.test.ts has them. */
const bySecret = ['workspaces.previewInvite', 'workspaces.acceptInvite']

/** Routes that are opened by an API key; embed.test.ts has them. */
const byKey = ['embed.hostToken']

let server: TestServer
let people: Record<Exclude<Role, 'stranger'>, TestPerson>
let own: { workspaceId: WorkspaceId }
let foreign: Things

const apiOf = (role: Role): Api => (role === 'stranger' ? server.stranger : people[role].api)
const missing = (): Things => ({
  workspaceId: WorkspaceId.parse(randomId()),
  documentId: DocumentId.parse(randomId()),
  inviteId: InviteId.parse(randomId()),
  userId: UserId.parse(randomId()),
  fileId: FileId.parse(randomId()),
  keyId: ApiKeyId.parse(randomId()),
  originId: OriginId.parse(randomId()),
  linkId: SharedLinkId.parse(randomId()),
})

/** A picture in a document, shown nowhere else. */
async function picture(person: TestPerson, documentId: DocumentId): Promise<FileId> {
  const fileId = FileId.parse(randomId())
  const path = `/api/v1/documents/${documentId}/files/${fileId}`
  const sent = await person.fetch(path, { method: 'PUT', body: new Uint8Array(png()) })
  expect(sent.status).toBe(200)
  return fileId
}

/** An allowed place, and a key that is revoked already: there may be so many living ones at once. */
async function wayIn(workspaceId: WorkspaceId): Promise<Pick<Things, 'keyId' | 'originId'>> {
  const [keyId, originId] = [ApiKeyId.parse(randomId()), OriginId.parse(randomId())]
  const key = { name: 'Host', prefix: 'weft_', role: 'view', document_id: null, used_at: null, revoked_at: 1 } as const
  const made = { secret_hash: keyId, created_by: people.owner.account.id, created_at: 0, expires_at: never }
  await server.app.storage.transaction(async (tx) => {
    await tx
      .insertInto('api_keys')
      .values({ id: keyId, workspace_id: workspaceId, ...key, ...made })
      .execute()
    await tx.deleteFrom('allowed_origins').where('workspace_id', '=', workspaceId).execute()
    await tx
      .insertInto('allowed_origins')
      .values({ id: originId, workspace_id: workspaceId, origin: 'https://host.example' })
      .execute()
  })
  return { keyId, originId }
}

async function answerOf(call: Promise<unknown>): Promise<{ id: string; message?: string }> {
  return call.then(
    () => ({ id: 'ok' }),
    (error: unknown) => {
      if (error instanceof WeftError) return error.toBody()
      throw error
    },
  )
}

/** A member, a document and an invitation that a call may do away with. */
async function fresh(): Promise<Things> {
  const { workspaceId } = own
  const userId = UserId.parse(randomId())
  await server.app.storage.transaction((tx) =>
    tx
      .insertInto('members')
      .values({ workspace_id: workspaceId, user_id: userId, role: 'member', joined_at: 1 })
      .execute(),
  )
  const { api } = people.owner
  const documentId = (await api.documents.create({ workspaceId, title: 'Shared' })).id
  for (const reader of [people.viewer, people.guest]) {
    await api.documents.setAccess({ documentId, userId: reader.account.id, role: 'view' })
  }
  const inviteId = (await api.workspaces.invite({ workspaceId })).id
  const fileId = await picture(people.owner, documentId)
  const linkId = (await api.sharedLinks.create({ documentId })).id
  return { workspaceId, documentId, inviteId, userId, fileId, linkId, ...(await wayIn(workspaceId)) }
}

beforeAll(async () => {
  server = await startTestServer({ config: { signUp: 'open' } })
  const owner = await server.signUp('Owner')
  const [admin, member, viewer, guest, outsider] = await Promise.all(
    ['Admin', 'Member', 'Viewer', 'Guest', 'Outsider'].map((name) => server.signUp(name)),
  )
  if (!admin || !member || !viewer || !guest || !outsider) throw new Error('somebody is missing')
  people = { owner, admin, member, viewer, guest, outsider }
  const workspaceId = (await owner.api.workspaces.create({ name: 'Looms' })).id
  own = { workspaceId }
  for (const [person, role] of [
    [admin, 'admin'],
    [member, 'member'],
    [viewer, 'member'],
    [guest, 'guest'],
  ] as const) {
    const { token } = await owner.api.workspaces.invite({ workspaceId, role })
    await person.api.workspaces.acceptInvite({ token })
  }
  const elsewhere = (await outsider.api.workspaces.create({ name: 'Elsewhere' })).id
  const secret = (await outsider.api.documents.create({ workspaceId: elsewhere, title: 'Secret' })).id
  foreign = {
    workspaceId: elsewhere,
    documentId: secret,
    fileId: await picture(outsider, secret),
    linkId: (await outsider.api.sharedLinks.create({ documentId: secret })).id,
    inviteId: (await outsider.api.workspaces.invite({ workspaceId: elsewhere })).id,
    userId: outsider.account.id,
    ...(await wayIn(elsewhere)),
  }
})
afterAll(() => server.close())

test('[ACCESS-1] every route of the contract is in the table', () => {
  const routes = Object.entries(apiContract).flatMap(([room, calls]) =>
    Object.keys(calls).map((call) => `${room}.${call}`),
  )
  expect(routes.toSorted()).toEqual(
    [...Object.keys(onThings), ...Object.keys(onNothing), ...bySecret, ...byKey].toSorted(),
  )
})

describe('[ACCESS-1] who may do what', () => {
  test.for([...Object.entries(onThings), ...Object.entries(onNothing)])('%s', async ([, [answers, call]]) => {
    const got: string[] = []
    for (const role of roles) got.push((await answerOf(call(apiOf(role), await fresh()))).id)
    expect(got).toEqual([...answers].map((letter) => words[letter]))
  })
})

describe("[ACCESS-3] somebody else's thing answers like one that does not exist", () => {
  test.for(Object.entries(onThings))('%s', async ([name, [, call]]) => {
    for (const role of roles) {
      if (role === 'outsider') continue
      // Who owns the installation may tell all workspaces.
      if (role === 'owner' && name.startsWith('notificationsAdmin.')) continue
      const theirs = await answerOf(call(apiOf(role), foreign))
      const nothing = await answerOf(call(apiOf(role), missing()))
      expect(theirs).toEqual(nothing)
      expect(theirs.id).toBe(role === 'stranger' ? 'signed-out' : 'not-found')
    }
  })
})

describe('[ACCESS-3] a restricted document answers those who are not listed like one that does not exist', () => {
  const onDocuments = Object.entries(onThings).filter(([name]) => name.startsWith('documents.'))
  const notListed = ['member', 'viewer', 'guest', 'outsider'] as const

  test.for(onDocuments)('%s', async ([, [, call]]) => {
    const { workspaceId } = own
    const { api } = people.owner
    const { documentId } = await fresh()
    for (const reader of [people.viewer, people.guest]) {
      await api.documents.clearAccess({ documentId, userId: reader.account.id })
    }
    const below = await api.documents.create({ workspaceId, title: 'Below it', parentId: documentId })
    await api.documents.clearAccess({ documentId: below.id, userId: people.owner.account.id })
    await api.documents.setRestricted({ documentId, restricted: true })
    const things = { ...missing(), workspaceId }
    for (const role of notListed) {
      const nothing = await answerOf(call(apiOf(role), things))
      for (const hidden of [documentId, below.id]) {
        expect(await answerOf(call(apiOf(role), { ...things, documentId: hidden }))).toEqual(nothing)
      }
    }
    for (const role of ['owner', 'admin'] as const) {
      expect(await apiOf(role).documents.get({ documentId: below.id })).toMatchObject({
        role: 'manage',
        narrower: true,
      })
    }
  })

  test('it is in no list of theirs, in the tree or in the trash, and nothing is put below it', async () => {
    const { workspaceId } = own
    const { api } = people.owner
    const { documentId } = await fresh()
    await api.documents.setRestricted({ documentId, restricted: true })
    const member = people.member.api
    const mine = await member.documents.create({ workspaceId, title: 'Mine' })
    const [there, nowhere] = [documentId, missing().documentId]
    for (const parentId of [there, nowhere]) {
      expect((await answerOf(member.documents.create({ workspaceId, parentId }))).id).toBe('not-found')
      expect((await answerOf(member.documents.move({ documentId: mine.id, parentId }))).id).toBe('not-found')
    }
    for (const afterId of [there, nowhere]) {
      const refused = { id: 'invalid-input', message: 'afterId: not a document in this place.' }
      const move = member.documents.move({ documentId: mine.id, parentId: null, afterId })
      expect(await answerOf(move)).toMatchObject(refused)
      expect(await answerOf(member.documents.create({ workspaceId, afterId }))).toMatchObject(refused)
    }
    expect(JSON.stringify(await member.documents.list({ workspaceId }))).not.toContain(documentId)
    await api.documents.remove({ documentId })
    expect(JSON.stringify(await member.documents.trash({ workspaceId }))).not.toContain(documentId)
    expect((await answerOf(member.documents.restore({ documentId }))).id).toBe('not-found')
  })

  test('who is listed below it sees neither its id nor its title', async () => {
    const { workspaceId } = own
    const { api } = people.owner
    const hidden = await api.documents.create({ workspaceId, title: 'Hidden title' })
    await api.documents.setRestricted({ documentId: hidden.id, restricted: true })
    const below = await api.documents.create({ workspaceId, title: 'Below', parentId: hidden.id })
    const userId = people.member.account.id
    await api.documents.setAccess({ documentId: below.id, userId, role: 'view' })
    await api.documents.setAccess({ documentId: hidden.id, userId: people.viewer.account.id, role: 'edit' })
    const seen = await people.member.api.documents.people({ documentId: below.id })
    expect(seen).toMatchObject({ restricted: false, above: { title: null } })
    expect(seen.people.find((person) => person.userId === people.viewer.account.id)).toEqual({
      userId: people.viewer.account.id,
      role: 'edit',
      origin: { kind: 'above', title: null },
      inherited: { role: 'edit', origin: { kind: 'above', title: null } },
    })
    const list = await people.member.api.documents.list({ workspaceId })
    expect(list.find(({ id }) => id === below.id)).toMatchObject({ parentId: null, narrower: true, role: 'view' })
    for (const words of [seen, list]) {
      expect(JSON.stringify(words)).not.toContain('Hidden title')
      expect(JSON.stringify(words)).not.toContain(hidden.id)
    }
    const owners = await api.documents.people({ documentId: below.id })
    expect(owners.above).toEqual({ title: 'Hidden title' })
  })
})

describe('[ACCESS-1] ids of two places in one request', () => {
  const owner = () => people.owner.api

  test("a document is not made below another workspace's", async () => {
    const { workspaceId } = own
    const create = (parentId: DocumentId) => answerOf(owner().documents.create({ workspaceId, parentId }))
    expect(await create(foreign.documentId)).toEqual(await create(missing().documentId))
    expect((await create(foreign.documentId)).id).toBe('not-found')
  })

  test("a document is not moved below another workspace's, not even between one's own", async () => {
    const { documentId } = await fresh()
    const move = (parentId: DocumentId) => answerOf(owner().documents.move({ documentId, parentId }))
    expect((await move(foreign.documentId)).id).toBe('not-found')
    const second = await owner().workspaces.create({ name: 'Second' })
    const there = await owner().documents.create({ workspaceId: second.id, title: 'There' })
    expect((await move(there.id)).id).toBe('not-found')
  })

  test("an invitation is not withdrawn through one's own workspace", async () => {
    const { workspaceId } = own
    const { inviteId } = foreign
    expect((await answerOf(owner().workspaces.withdrawInvite({ workspaceId, inviteId }))).id).toBe('not-found')
    expect(await people.outsider.api.workspaces.invites({ workspaceId: foreign.workspaceId })).toHaveLength(1)
  })

  test('an id in the body does not replace the one in the address', async () => {
    const { documentId } = await fresh()
    const body = JSON.stringify({ documentId, workspaceId: own.workspaceId, title: 'Taken' })
    const headers = { 'content-type': 'application/json' }
    const response = await people.owner.fetch(`/api/v1/documents/${foreign.documentId}/rename`, {
      method: 'POST',
      headers,
      body,
    })
    expect(response.status).toBe(404)
    expect(await people.outsider.api.documents.get({ documentId: foreign.documentId })).toMatchObject({
      title: 'Secret',
    })
  })
})

test('[ACCESS-3] a guest sees what was given, and not the id of what stands above it', async () => {
  const { workspaceId } = own
  const { api } = people.owner
  const above = await api.documents.create({ workspaceId, title: 'Above' })
  const below = await api.documents.create({ workspaceId, title: 'Below', parentId: above.id })
  const guest = people.guest.api
  expect((await answerOf(guest.documents.get({ documentId: below.id }))).id).toBe('not-found')
  await api.documents.setAccess({ documentId: below.id, userId: people.guest.account.id, role: 'edit' })
  const seen: Document = (await guest.documents.get({ documentId: below.id })) as Document
  expect(seen).toMatchObject({ role: 'edit', parentId: null })
  const list = await guest.documents.list({ workspaceId })
  expect(JSON.stringify(list)).not.toContain(above.id)
})

test('a removed member loses what was given to them, also when they come back', async () => {
  const { workspaceId } = own
  const { api } = people.owner
  const { documentId } = await fresh()
  const dan = await server.signUp('Dan')
  const join = async () => dan.api.workspaces.acceptInvite(await api.workspaces.invite({ workspaceId, role: 'guest' }))
  await join()
  await api.documents.setAccess({ documentId, userId: dan.account.id, role: 'manage' })
  expect(await dan.api.documents.get({ documentId })).toMatchObject({ role: 'manage' })
  await api.workspaces.removeMember({ workspaceId, userId: dan.account.id })
  expect((await answerOf(dan.api.documents.get({ documentId }))).id).toBe('not-found')
  await join()
  expect((await answerOf(dan.api.documents.get({ documentId }))).id).toBe('not-found')
})

test('the last owner cannot leave or be removed; an admin makes nobody an owner', async () => {
  const { workspaceId } = own
  const userId = people.owner.account.id
  expect((await answerOf(people.owner.api.workspaces.removeMember({ workspaceId, userId }))).id).toBe('conflict')
  const admin = people.admin.api
  expect((await answerOf(admin.workspaces.removeMember({ workspaceId, userId }))).id).toBe('not-permitted')
  expect((await answerOf(admin.workspaces.setRole({ workspaceId, userId, role: 'guest' }))).id).toBe('not-permitted')
  for (const role of ['owner', ['owner'], null, { admin: false }]) {
    const response = await people.admin.fetch(`/api/v1/workspaces/${workspaceId}/members/${people.admin.account.id}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ role }),
    })
    expect([response.status, await response.json()]).toEqual([400, expect.objectContaining({ id: 'invalid-input' })])
  }
  expect(await people.admin.api.workspaces.get({ workspaceId })).toMatchObject({ role: 'admin' })
})
