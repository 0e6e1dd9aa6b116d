import type { Notification } from '@weft/shared/notifications'
import type { Reader } from '../storage/port.ts'

/** An announcement's words stand in the inbox in part. */
export async function wholeText(db: Reader, notification: Notification): Promise<Notification> {
  const { announcementId } = notification.detail
  if (announcementId === undefined) return notification
  const said = await db.selectFrom('announcements').where('id', '=', announcementId).select('text').executeTakeFirst()
  return said === undefined ? notification : { ...notification, detail: { ...notification.detail, text: said.text } }
}
