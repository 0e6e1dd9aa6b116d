import type { DocumentId, NotificationId } from '@weft/shared/kit'
import {
  isInInbox,
  isUnread,
  type Notification,
  type NotificationPreferences,
  newestFirst,
  preferenceFor,
  quietUntil,
} from '@weft/shared/notifications'

/** What the person has in view. */
export interface Looking {
  /** The page is in view at all. */
  visible: boolean
  documentId: DocumentId | null
  /** The centre is open: it announces by itself. */
  centre: boolean
}

/** When something last happened to each row: to know what is new. */
export type Seen = ReadonlyMap<NotificationId, number>

export const seenIn = (rows: Iterable<Notification>): Seen => new Map([...rows].map((row) => [row.id, row.updatedAt]))

/** Rows to which something has happened since `before`, the newest first. */
export const newSince = (before: Seen, rows: Iterable<Notification>): Notification[] =>
  [...rows]
    .filter(
      (row) => isInInbox(row) && isUnread(row) && row.updatedAt > (before.get(row.id) ?? Number.NEGATIVE_INFINITY),
    )
    .toSorted(newestFirst)

/** Whether a new row is worth a toast: not for what one sees happen anyway, nor against what one has said. */
export function isToasted(row: Notification, looking: Looking, wishes: NotificationPreferences, now: number): boolean {
  if (!looking.visible || looking.centre) return false
  if (row.documentId !== null && row.documentId === looking.documentId) return false
  if (!preferenceFor(wishes, row.kind).page) return false
  return quietUntil(wishes.quietHours, wishes.timeZone, now) === null
}

/** At most three at once: of more, the last says how many there are. */
export function inToasts(rows: readonly Notification[]): { each: readonly Notification[]; others: number } {
  return rows.length <= 3 ? { each: rows, others: 0 } : { each: rows.slice(0, 2), others: rows.length - 2 }
}
