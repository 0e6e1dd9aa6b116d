import { oc } from '@orpc/contract'
import { z } from 'zod'

export const SocketToken = z.object({
  token: z.string().describe('Sent as the auth message of every channel of one socket.'),
  expiresAt: z.number().int().describe('Milliseconds since 1970.'),
})
export type SocketToken = z.infer<typeof SocketToken>

export const syncContract = {
  token: oc
    .route({
      method: 'POST',
      path: '/sync/token',
      summary: 'A token for the socket, good for ten minutes',
      tags: ['sync'],
    })
    .output(SocketToken),
}
