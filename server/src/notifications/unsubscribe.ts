import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { UserId } from '@weft/shared/kit'
import { NotificationKind, type NotificationPreferences } from '@weft/shared/notifications'
import type { Storage } from '../storage/port.ts'
import { preferencesOf, writePreferences } from './preferences.ts'

/** What a link in a mail turns off: mails of a kind, or digests. */
export type MailTopic = NotificationKind | 'digest'

export const unsubscribePath = '/unsubscribe'

/**
 * One-click unsubscribing (RFC 8058): the link in a mail's header says who and of what, signed, so that it works
 * without signing in, in a mail program, and for ever. A GET only asks: programs that look at links unsubscribe nobody.
 */
export function createUnsubscribe(storage: Pick<Storage, 'read' | 'transaction'>, secret: string, publicUrl: string) {
  const sign = (said: string): string => createHmac('sha256', secret).update(`unsubscribe ${said}`).digest('base64url')

  function read(token: string): { userId: UserId; topic: MailTopic } | null {
    const [user, topic, signature, ...rest] = token.split('.')
    const userId = UserId.safeParse(user)
    const known = topic === 'digest' ? topic : NotificationKind.safeParse(topic).data
    if (!userId.success || known === undefined || signature === undefined || rest.length > 0) return null
    const [given, right] = [Buffer.from(signature), Buffer.from(sign(`${userId.data}.${known}`))]
    return given.length === right.length && timingSafeEqual(given, right) ? { userId: userId.data, topic: known } : null
  }

  async function turnOff(userId: UserId, topic: MailTopic): Promise<void> {
    await storage.transaction(async (tx) => {
      const chosen = await preferencesOf(tx, userId)
      await writePreferences(tx, userId, without(chosen, topic))
    })
  }

  return {
    address(userId: UserId, topic: MailTopic): string {
      const said = `${userId}.${topic}`
      return `${publicUrl}${unsubscribePath}?token=${said}.${sign(said)}`
    },

    /** Answers a GET with a page that has one button, and a POST by doing it. */
    async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
      request.resume()
      const token = new URL(request.url ?? '/', 'http://weft').searchParams.get('token') ?? ''
      const found = read(token)
      if (found === null) return answer(response, 404, page('This link is not whole. Copy all of it from the mail.'))
      if (request.method === 'GET' || request.method === 'HEAD') return answer(response, 200, page(null))
      if (request.method !== 'POST') return answer(response, 405, page('This can only be opened or sent.'))
      await turnOff(found.userId, found.topic)
      return answer(response, 200, page('You get no more mails like this. What you get by other ways stays as it was.'))
    },
  }
}
export type Unsubscribe = ReturnType<typeof createUnsubscribe>

function without(chosen: NotificationPreferences, topic: MailTopic): NotificationPreferences {
  if (topic === 'digest') return { ...chosen, digest: { ...chosen.digest, every: 'off' } }
  return { ...chosen, kinds: { ...chosen.kinds, [topic]: { ...chosen.kinds[topic], mail: 'off' } } }
}

const style =
  'body{margin:0;padding:15vh 24px;font:16px/1.5 system-ui,sans-serif;background:Canvas;color:CanvasText;color-scheme:light dark;text-align:center}button{font:inherit;font-weight:500;padding:8px 16px;border:0;border-radius:6px;background:#0f6e68;color:#fff;cursor:pointer}a{color:inherit}'
const styleHash = createHash('sha256').update(style).digest('base64')

const question = `<h1>No more mails like this?</h1><p>What you get by other ways stays as it is.</p><form method="post"><button>No more of these</button></form>`

const page = (said: string | null): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Mails from Weft</title><style>${style}</style><main>${
    said === null ? question : `<p>${said}</p>`
  }<p><a href="/settings/notifications">Change what you get</a></p></main></html>`

function answer(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; frame-ancestors 'none'`,
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
  response.end(html)
}
