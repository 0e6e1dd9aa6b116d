import { createECDH } from 'node:crypto'
import { isIP } from 'node:net'
import { type UserId, WeftError } from '@weft/shared/kit'
import type { PushMessage, PushSubscriptionInput } from '@weft/shared/notifications'
import { z } from 'zod'
import type { Clock } from '../kit/clock.ts'
import type { Reader, Storage } from '../storage/port.ts'

/** What a push service may take to answer, in ms. */
const patience = 30_000
/** How long a push service keeps a message for a device that is off, in seconds: a day. */
const timeToLive = 24 * 3_600
/** Devices of one person; the oldest gives way. */
const mostSubscriptions = 20
/** What fits into a message of 4 KB with its encryption, in characters. */
const bounds = { title: 200, body: 800 }

const Keys = z.object({ publicKey: z.string(), privateKey: z.string() })
type Keys = z.infer<typeof Keys>

/** `gone`: there is no such subscription any more. */
export type PushAnswer = { state: 'taken' } | { state: 'gone' } | { state: 'failed'; error: string; isFinal: boolean }

export interface PushDependencies {
  storage: Storage
  clock: Clock
  publicUrl: string
  /** Whom a push service may write to about this server. */
  contact: string
}

/** Push to browsers (RFC 8030, 8291, 8292) by keys that the installation made for itself. */
export function createPush({ storage, clock, publicUrl, contact }: PushDependencies) {
  let known: Keys | null = null

  const stored = async (db: Reader): Promise<Keys | null> => {
    const row = await db.selectFrom('notification_keys').where('name', '=', 'vapid').select('value').executeTakeFirst()
    return row === undefined ? null : Keys.parse(JSON.parse(row.value))
  }

  /** The installation's own, made when they are first wanted, by whoever is first. */
  async function keys(): Promise<Keys> {
    known ??= await stored(storage.read)
    known ??= await storage.transaction(async (tx) => {
      const others = await stored(tx)
      if (others !== null) return others
      const made = makeKeys()
      await tx
        .insertInto('notification_keys')
        .values({ name: 'vapid', value: JSON.stringify(made) })
        .execute()
      return made
    })
    return known
  }

  /** Throws `invalid-input` for an address to which this server should not post. */
  function checkEndpoint(endpoint: string): void {
    const { protocol, hostname } = new URL(endpoint)
    const isLocal = isIP(hostname.replaceAll(/[[\]]/g, '')) !== 0 || !hostname.includes('.')
    // A server for this machine alone may push within it.
    if (isLocal && hostname === new URL(publicUrl).hostname) return
    if (protocol === 'https:' && !isLocal) return
    throw new WeftError('invalid-input', 'endpoint: is no address of a push service.')
  }

  return {
    keys,

    async subscribe(userId: UserId, { endpoint, keys: { p256dh, auth } }: PushSubscriptionInput): Promise<void> {
      checkEndpoint(endpoint)
      const row = { user_id: userId, p256dh, auth, created_at: clock.now() }
      await storage.transaction(async (tx) => {
        await tx
          .insertInto('push_subscriptions')
          .values({ endpoint, ...row })
          // A browser has one, whoever is signed in there.
          .onConflict((conflict) => conflict.column('endpoint').doUpdateSet(row))
          .execute()
        const oldest = await tx
          .selectFrom('push_subscriptions')
          .where('user_id', '=', userId)
          .orderBy('created_at', 'desc')
          .orderBy('endpoint')
          .select('endpoint')
          .offset(mostSubscriptions)
          .limit(mostSubscriptions)
          .execute()
        for (const old of oldest) {
          await tx.deleteFrom('push_subscriptions').where('endpoint', '=', old.endpoint).execute()
        }
      })
    },

    async unsubscribe(userId: UserId, endpoint: string): Promise<void> {
      await storage.transaction((tx) =>
        tx.deleteFrom('push_subscriptions').where('user_id', '=', userId).where('endpoint', '=', endpoint).execute(),
      )
    },

    /** `topic`: a later message with the same one takes the place of one that waits at the push service. */
    async send(userId: UserId, endpoint: string, message: PushMessage, topic: string): Promise<PushAnswer> {
      const subscription = await storage.read
        .selectFrom('push_subscriptions')
        .where('endpoint', '=', endpoint)
        .where('user_id', '=', userId)
        .select(['p256dh', 'auth'])
        .executeTakeFirst()
      if (subscription === undefined) return { state: 'gone' }
      const { default: webPush } = await import('web-push')
      const payload = {
        ...message,
        title: message.title.slice(0, bounds.title),
        body: message.body.slice(0, bounds.body),
      }
      const request = webPush.generateRequestDetails({ endpoint, keys: subscription }, JSON.stringify(payload), {
        vapidDetails: { subject: contact, ...(await keys()) },
        TTL: timeToLive,
        topic,
        urgency: 'normal',
      })
      const answer = await fetch(endpoint, {
        method: 'POST',
        headers: Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)]),
        body: new Uint8Array(request.body ?? Buffer.alloc(0)),
        redirect: 'error',
        signal: AbortSignal.timeout(patience),
      })
      await answer.body?.cancel()
      if (answer.ok) return { state: 'taken' }
      if (answer.status === 404 || answer.status === 410) {
        await storage.transaction((tx) =>
          tx.deleteFrom('push_subscriptions').where('endpoint', '=', endpoint).execute(),
        )
        return { state: 'gone' }
      }
      const isFinal = answer.status >= 400 && answer.status < 500 && answer.status !== 429 && answer.status !== 408
      return { state: 'failed', error: `The push service answered ${answer.status}.`, isFinal }
    },
  }
}
export type Push = ReturnType<typeof createPush>

/** A pair for ECDSA on P-256, base64url, as VAPID wants it. */
function makeKeys(): Keys {
  const curve = createECDH('prime256v1')
  curve.generateKeys()
  const privateKey = Buffer.concat([Buffer.alloc(32), curve.getPrivateKey()]).subarray(-32)
  return { publicKey: curve.getPublicKey('base64url'), privateKey: privateKey.toString('base64url') }
}
