import { placeOf } from './place.ts'
import type { Notification } from './schema.ts'

/** In an address: the notification by which somebody came, and by which way, so that it counts as opened. */
export const openedParameters = { notification: 'notification', from: 'from' } as const

/** The path to which a mail or a push leads: what has no place of its own is read in the list. */
export function openedAddress(
  notification: Pick<Notification, 'id' | 'kind' | 'workspaceId' | 'documentId' | 'detail'>,
  from: 'push' | 'mail',
): string {
  const path = placeOf(notification) ?? '/notifications'
  const query = `${openedParameters.notification}=${notification.id}&${openedParameters.from}=${from}`
  return `${path}${path.includes('?') ? '&' : '?'}${query}`
}
