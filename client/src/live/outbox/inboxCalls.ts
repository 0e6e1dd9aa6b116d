import type { OutboxCall } from './calls.ts'

/** Commands on one's inbox. */
export type InboxCall = Extract<OutboxCall, { name: `notifications.${string}` }>

export const isInboxCall = (call: OutboxCall): call is InboxCall => call.name.startsWith('notifications.')
