import { oc } from '@orpc/contract'
import { z } from 'zod'
import { PushSubscriptionInput } from './pushSchema.ts'

const tags = ['notifications']

/** Push to a browser that has no page open. */
export const pushContract = {
  key: oc
    .route({ method: 'GET', path: '/push/key', summary: 'The key by which browsers know this server (VAPID)', tags })
    .output(z.object({ publicKey: z.string().describe('base64url, what `applicationServerKey` takes.') })),
  subscribe: oc
    .route({ method: 'POST', path: '/push/subscriptions', summary: 'Push to this browser too', tags })
    .input(PushSubscriptionInput)
    .output(z.object({ subscribed: z.literal(true) })),
  unsubscribe: oc
    .route({ method: 'POST', path: '/push/subscriptions/remove', summary: 'Push to this browser no more', tags })
    .input(PushSubscriptionInput.pick({ endpoint: true }))
    .output(z.object({ subscribed: z.literal(false) })),
}
