import { z } from 'zod'
import { NotificationId } from '../kit/index.ts'

/** What a browser's `PushSubscription` says of itself as JSON. */
export const PushSubscriptionInput = z.object({
  endpoint: z
    .url()
    .max(2_000)
    .refine((url) => url.startsWith('https:') || url.startsWith('http://127.0.0.1'), 'must be an https address'),
  keys: z.object({ p256dh: z.string().min(1).max(200), auth: z.string().min(1).max(100) }),
})
export type PushSubscriptionInput = z.infer<typeof PushSubscriptionInput>

/** What the service worker gets: the words to show, and where a click goes. */
export const PushMessage = z.object({
  notificationId: NotificationId,
  title: z.string(),
  body: z.string(),
  /** A path on the server, that opens the place. */
  path: z.string(),
  /** A later message with the same one takes this one's place. */
  tag: z.string(),
})
export type PushMessage = z.infer<typeof PushMessage>
