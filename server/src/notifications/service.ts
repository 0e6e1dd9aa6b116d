import { includesRole } from '@weft/shared/documents'
import { installationScope } from '@weft/shared/events'
import { type DocumentId, type NotificationId, UserId } from '@weft/shared/kit'
import {
  type ChangePreferences,
  type Notification,
  type NotificationPage,
  type NotificationPreferences,
  type PushSubscriptionInput,
  type Watch,
  type WatchState,
  withChange,
} from '@weft/shared/notifications'
import type { Actor } from '../workspaces/index.ts'
import { createAdministration } from './administration.ts'
import { createAnnouncements } from './announcements.ts'
import { createChangeInbox } from './changing.ts'
import { createCleaning } from './cleaning.ts'
import { createInboxCommands } from './commands.ts'
import { startConsumer } from './consumer.ts'
import { createCounts } from './counts.ts'
import { createDelivery } from './delivery.ts'
import type { NotificationsDependencies } from './dependencies.ts'
import { forgetPerson } from './forgetting.ts'
import { readInbox } from './inbox.ts'
import { createInvitationMail } from './invitationMail.ts'
import { contactOf, createMailer } from './mailer.ts'
import { createNames } from './names.ts'
import { paced } from './pacedWindows.ts'
import { type PageRequest, readPage, readSome } from './page.ts'
import { noDocument, noNotification, notPermitted } from './policy.ts'
import { preferencesOf, writePreferences } from './preferences.ts'
import { createPush } from './push.ts'
import { createQueue } from './queue.ts'
import { createQuota } from './quota.ts'
import { toNotification } from './rows.ts'
import { createSnoozes } from './snoozes.ts'
import { createTelling } from './telling.ts'
import { createTemplates } from './templates.ts'
import { createUnsubscribe } from './unsubscribe.ts'
import { createVisibility } from './visibility.ts'
import { createWatches, readWatch, writePrivateMail, writeWatch } from './watches.ts'
import { wholeText } from './wholeText.ts'

export type Notifications = ReturnType<typeof createNotifications>

/** Who should be told, by which way, when; and what each does with what they were told. */
export function createNotifications(deps: NotificationsDependencies) {
  const { storage, commit, documents, sync, clock, log } = deps
  const visibility = createVisibility(deps)
  const names = createNames(deps)
  const counts = createCounts(deps)
  const windows = sync.registerWindow({
    kind: 'inbox',
    access: async (userId, id) => userId === id,
    async build(id) {
      const userId = UserId.parse(id)
      await visibility.settle(userId, change)
      return readInbox(storage.read, userId)
    },
  })
  const handle = paced(windows)
  const change = createChangeInbox(deps, handle)
  const snoozes = createSnoozes(deps, change)
  const cleaning = createCleaning(deps, handle)
  const templates = createTemplates(storage)
  const unsubscribe = createUnsubscribe(storage, deps.secret, deps.publicUrl)
  const mailer = createMailer(deps.mail)
  const push = createPush({ storage, clock, publicUrl: deps.publicUrl, contact: contactOf(deps.mail.from) })
  const delivery = createDelivery(deps, { names, visibility, templates, unsubscribe, mailer, push, counts })
  const queue = createQueue(deps, () => delivery.wake())
  const telling = createTelling(deps, { handle, counts, queue })
  const quota = createQuota(deps)
  const announcements = createAnnouncements(deps, telling, handle)
  const { forgetDocuments } = cleaning
  startConsumer(deps, { handle, change, visibility, telling, watches: createWatches(storage), forgetDocuments })

  const pushCalls = {
    key: async () => ({ publicKey: (await push.keys()).publicKey }),
    async subscribe(by: UserId, subscription: PushSubscriptionInput) {
      await push.subscribe(by, subscription)
      return { subscribed: true as const }
    },
    async unsubscribe(by: UserId, endpoint: string) {
      await push.unsubscribe(by, endpoint)
      return { subscribed: false as const }
    },
  }

  async function requireView(userId: UserId, documentId: DocumentId): Promise<void> {
    if ((await documents.roleOf(userId, documentId)) === null) throw noDocument()
  }

  return {
    ...createInboxCommands(deps, change, snoozes, counts),

    async list(by: UserId, request: PageRequest): Promise<NotificationPage> {
      await visibility.settle(by, change)
      const page = await readPage(storage.read, by, request)
      return { ...page, names: await names(by, page.notifications) }
    },

    async get(by: UserId, id: NotificationId): Promise<Notification> {
      await visibility.settle(by, change)
      const [row] = await readSome(storage.read, by, [id])
      if (row === undefined) throw noNotification()
      return wholeText(storage.read, toNotification(row))
    },

    async names(by: UserId, ids: readonly NotificationId[]) {
      return names(by, (await readSome(storage.read, by, ids)).map(toNotification))
    },

    preferences: (by: UserId): Promise<NotificationPreferences> => preferencesOf(storage.read, by),

    async changePreferences(by: Actor, change: ChangePreferences): Promise<NotificationPreferences> {
      await commit(by, installationScope, async (tx) =>
        writePreferences(tx, by.userId, withChange(await preferencesOf(tx, by.userId), change)),
      )
      return preferencesOf(storage.read, by.userId)
    },

    async watch(by: UserId, documentId: DocumentId): Promise<Watch> {
      await requireView(by, documentId)
      return readWatch(storage.read, by, documentId)
    },

    async watches(by: UserId) {
      const rows = await storage.read
        .selectFrom('watches')
        .where('user_id', '=', by)
        .where('state', '<>', 'neither')
        .select(['document_id as documentId', 'state', 'reason'])
        .execute()
      const visible = await documents.rolesOf(
        by,
        rows.map(({ documentId }) => documentId),
      )
      const shown = rows.filter(({ documentId }) => visible.has(documentId))
      const watches = await Promise.all(shown.map(({ documentId }) => readWatch(storage.read, by, documentId)))
      return {
        watches,
        names: await names(
          by,
          shown.map((row) => ({ ...row, workspaceId: null, actorIds: [] })),
        ),
      }
    },

    async setWatch(by: Actor, documentId: DocumentId, state: WatchState): Promise<Watch> {
      await requireView(by.userId, documentId)
      await commit(by, installationScope, (tx) => writeWatch(tx, by.userId, documentId, state))
      return readWatch(storage.read, by.userId, documentId)
    },

    /** For everybody: who manages the document says so. */
    async setPrivateMail(by: Actor, documentId: DocumentId, isPrivate: boolean): Promise<Watch> {
      await requireView(by.userId, documentId)
      const role = await documents.roleOf(by.userId, documentId)
      if (!includesRole(role, 'manage')) throw notPermitted()
      await commit(by, installationScope, (tx) => writePrivateMail(tx, documentId, isPrivate))
      return readWatch(storage.read, by.userId, documentId)
    },

    start(): void {
      // With the first start, so that a browser that asks does not wait for them.
      push.keys().catch((error: unknown) => log.error({ err: error }, 'the keys for push could not be made'))
      snoozes.start()
      delivery.start()
      announcements.timer.start()
      cleaning.start()
    },

    /** Does what is due by the clock, now. */
    async settle(): Promise<void> {
      await snoozes.settle()
      await announcements.timer.settle()
      await delivery.settle()
    },

    clean: cleaning.clean,
    forgetPerson: (userId: UserId): Promise<void> => forgetPerson(storage, userId),
    mailInvitation: createInvitationMail({ ...deps, mailer, smtpUrl: deps.mail.smtpUrl }),
    handleUnsubscribe: unsubscribe.handle,
    push: pushCalls,
    announcements,
    administration: createAdministration(deps, templates, () => delivery.wake()),

    async stop(): Promise<void> {
      await quota.stop()
      await snoozes.stop()
      await announcements.timer.stop()
      await delivery.stop()
      mailer.close()
      await cleaning.stop()
    },
  }
}
