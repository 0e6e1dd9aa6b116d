import { AnnouncementId, UserId } from '@weft/shared/kit'
import { z } from 'zod'

/** What the process that measures says to one that holds inboxes open, and what that answers. */
export const ToReaders = z.discriminatedUnion('what', [
  z.object({
    what: z.literal('join'),
    socketUrl: z.string(),
    headers: z.record(z.string(), z.string()),
    readers: z.array(z.object({ userId: UserId, token: z.string() })),
  }),
  z.object({ what: z.literal('look') }),
])
export type ToReaders = z.infer<typeof ToReaders>

export const FromReaders = z.discriminatedUnion('what', [
  z.object({ what: z.literal('joined') }),
  /** All of its readers have it in their map: when each of them had, in ms of the machine's monotonic clock. */
  z.object({ what: z.literal('arrived'), announcementId: AnnouncementId, at: z.array(z.number()) }),
  /** What the maps hold now. */
  z.object({
    what: z.literal('looked'),
    inboxes: z.array(z.object({ entries: z.number(), unread: z.number().nullable() })),
  }),
  z.object({ what: z.literal('failed'), sentence: z.string() }),
])
export type FromReaders = z.infer<typeof FromReaders>

/** One clock for all processes of the machine, in ms. */
export const monotonic = (): number => Number(process.hrtime.bigint()) / 1e6
