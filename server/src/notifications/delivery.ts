import type { Person } from '@weft/shared/auth'
import { type Notification, openedAddress, preferenceFor, quietUntil } from '@weft/shared/notifications'
import type { Counts } from './counts.ts'
import { DueTimer } from './DueTimer.ts'
import type { Delivery } from './deliveryStore.ts'
import * as store from './deliveryStore.ts'
import type { NotificationsDependencies } from './dependencies.ts'
import { digestOf, type Letter, type Line, letterOf, lineOf } from './letters.ts'
import { isRefused, type Mailer } from './mailer.ts'
import type { createNames } from './names.ts'
import { preferencesOf } from './preferences.ts'
import type { Push } from './push.ts'
import { toNotification } from './rows.ts'
import type { Templates } from './templates.ts'
import type { MailTopic, Unsubscribe } from './unsubscribe.ts'
import type { Visibility } from './visibility.ts'
import { wholeText } from './wholeText.ts'

/** Looked at in one go, and of those at once. */
const batchSize = 50
const atOnce = 5
/** What one digest can hold; what is more comes with the next look, as another. */
const digestSize = 100

export interface DeliveryParts {
  names: ReturnType<typeof createNames>
  visibility: Visibility
  templates: Templates
  unsubscribe: Unsubscribe
  mailer: Mailer
  push: Push
  counts: Counts
}

/** What is about to be sent, and is still wanted. */
interface Ready {
  delivery: Delivery
  notification: Notification
}

/**
 * Sends what is due, at least once: it is marked as sent after it was taken, and a repeat after a kill carries the same
 * id. Whether it should leave at all is looked at again in that moment [NOTIFY-3].
 */
export function createDelivery(deps: NotificationsDependencies, parts: DeliveryParts): DueTimer {
  const { storage, clock, log, sync, people, mailAddress } = deps
  const { names, visibility, templates, unsubscribe, mailer, push, counts } = parts
  const host = new URL(deps.publicUrl).hostname

  /** Still there, to be seen, unread, wanted by this way, and not before the person's eyes. */
  async function stillWanted(delivery: Delivery): Promise<Ready | null> {
    const row = await storage.read
      .selectFrom('notifications')
      .where('id', '=', delivery.notification_id)
      .selectAll()
      .executeTakeFirst()
    if (row === undefined || row.read_at !== null || row.archived_at !== null || row.snoozed_until !== null) return null
    const notification = await wholeText(storage.read, toNotification(row))
    const { userId, preference, preferences } = await wishOf(delivery)
    const wanted = delivery.channel === 'push' ? preference.push : preference.mail !== 'off'
    if (delivery.mode === 'digest' && preferences.digest.every === 'off') return null
    if (!wanted) return null
    const { documentId } = notification
    if (documentId !== null && sync.isLookingAt(userId, documentId)) return null
    const isVisible = await visibility.isVisible(userId, [notification])
    return isVisible(notification) ? { delivery, notification } : null
  }

  async function wishOf({ user_id: userId, kind }: Delivery) {
    const preferences = await preferencesOf(storage.read, userId)
    return { userId, preferences, preference: preferenceFor(preferences, kind) }
  }

  async function lineFor({ delivery, notification }: Ready, to: Person): Promise<Line> {
    const { preferences } = await wishOf(delivery)
    const { documentId } = notification
    const isPrivateDocument =
      documentId !== null &&
      (await storage.read
        .selectFrom('private_mail_documents')
        .where('document_id', '=', documentId)
        .select('document_id')
        .executeTakeFirst()) !== undefined
    const told = {
      notification,
      names: await names(delivery.user_id, [notification]),
      isPrivate: preferences.privateMail || isPrivateDocument,
    }
    return lineOf(told, to, delivery.channel, { templates, publicUrl: deps.publicUrl })
  }

  const drop = (deliveries: readonly Delivery[]): Promise<unknown> =>
    deliveries.length === 0
      ? Promise.resolve()
      : storage.transaction((tx) =>
          store.end(
            tx,
            deliveries.map(({ id }) => id),
            'dropped',
            clock.now(),
          ),
        )

  async function succeeded(deliveries: readonly Delivery[]): Promise<void> {
    await storage.transaction(async (tx) => {
      await store.end(
        tx,
        deliveries.map(({ id }) => id),
        'sent',
        clock.now(),
      )
      for (const { kind, channel } of deliveries) counts.arrived(tx, kind, channel, 1)
    })
  }

  async function failed(deliveries: readonly Delivery[], error: unknown, isFinal: boolean): Promise<void> {
    const said = error instanceof Error ? error.message : String(error)
    log.warn({ err: error, deliveries: deliveries.map(({ id }) => id) }, 'something could not be delivered')
    await storage.transaction(async (tx) => {
      if (!(await store.fail(tx, deliveries, said, { now: clock.now(), isFinal }))) return
      for (const { kind, channel } of deliveries) counts.add(tx, 'failed', kind, channel, 1)
    })
  }

  async function sendMail(ready: readonly Ready[], id: string, topic: MailTopic, letter: (lines: Line[]) => Letter) {
    const deliveries = ready.map(({ delivery }) => delivery)
    const [first] = deliveries
    if (first === undefined) return
    const to = (await people([first.user_id])).get(first.user_id)
    const address = await mailAddress(first.user_id)
    if (to === undefined || address === null) {
      await drop(deliveries)
      return
    }
    try {
      const lines = await Promise.all(ready.map((one) => lineFor(one, to)))
      const stop = unsubscribe.address(first.user_id, topic)
      await mailer.send({ to: address, ...letter(lines), messageId: `${id}@${host}`, unsubscribe: stop })
    } catch (error) {
      await failed(deliveries, error, isRefused(error))
      return
    }
    await succeeded(deliveries)
  }

  const waysOf = ({ user_id }: Delivery, topic: MailTopic) => ({
    unsubscribe: unsubscribe.address(user_id, topic),
    settings: `${deps.publicUrl}/settings/notifications`,
  })

  /** Everything of this person's digest that is due, as one mail. */
  async function sendDigest(delivery: Delivery, now: number): Promise<void> {
    const all = await store.readDigest(storage.read, delivery.user_id, now, digestSize)
    const ready: Ready[] = []
    for (const one of all) {
      const wanted = await stillWanted(one)
      if (wanted !== null) ready.push(wanted)
    }
    const kept = new Set(ready.map((one) => one.delivery))
    await drop(all.filter((one) => !kept.has(one)))
    const [first] = ready
    if (first === undefined) return
    const ways = waysOf(first.delivery, 'digest')
    await sendMail(ready, `digest-${first.delivery.id}`, 'digest', (lines) => digestOf(lines, ways))
  }

  async function sendPush(ready: Ready): Promise<void> {
    const { delivery, notification } = ready
    const to = (await people([delivery.user_id])).get(delivery.user_id)
    if (to === undefined || delivery.target === null) {
      await drop([delivery])
      return
    }
    const { subject, text } = await lineFor(ready, to)
    const path = openedAddress(notification, 'push')
    const message = { notificationId: notification.id, title: subject, body: text, path, tag: notification.id }
    const answer = await push.send(delivery.user_id, delivery.target, message, notification.id)
    if (answer.state === 'taken') await succeeded([delivery])
    else if (answer.state === 'gone') await drop([delivery])
    else await failed([delivery], new Error(answer.error), answer.isFinal)
  }

  async function send(delivery: Delivery, now: number): Promise<void> {
    const { preferences } = await wishOf(delivery)
    const quiet = delivery.mode === 'now' ? quietUntil(preferences.quietHours, preferences.timeZone, now) : null
    if (quiet !== null) {
      await storage.transaction((tx) => store.postpone(tx, [delivery.id], quiet))
      return
    }
    if (delivery.mode === 'digest') return sendDigest(delivery, now)
    const ready = await stillWanted(delivery)
    if (ready === null) {
      await drop([delivery])
      return
    }
    if (delivery.channel === 'push') return sendPush(ready)
    const ways = waysOf(delivery, delivery.kind)
    await sendMail([ready], delivery.id, delivery.kind, ([line]) => letterOf(line ?? noLine, ways))
  }

  /** [LIMIT-3] One that cannot be looked at is tried again later, and holds up no other. */
  async function guarded(delivery: Delivery, now: number): Promise<void> {
    try {
      await send(delivery, now)
    } catch (error) {
      await failed([delivery], error, false)
    }
  }

  return new DueTimer({
    what: 'deliveries',
    clock,
    log,
    next: () => store.readNextDue(storage.read),
    async run() {
      const now = clock.now()
      const due = await store.readDue(storage.read, now, batchSize)
      // One of each digest: it takes the others of its person with it.
      const digests = new Set<string>()
      const first = due.filter(({ mode, user_id }) => {
        if (mode === 'now') return true
        const isFirst = !digests.has(user_id)
        digests.add(user_id)
        return isFirst
      })
      for (let from = 0; from < first.length; from += atOnce) {
        await Promise.all(first.slice(from, from + atOnce).map((delivery) => guarded(delivery, now)))
      }
    },
  })
}

const noLine: Line = { subject: '', text: '', link: '', why: '', place: '' }
