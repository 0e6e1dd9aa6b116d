import {
  type Notification,
  type NotificationKind,
  type NotificationTab,
  type NotificationView,
  notificationTabs,
} from '@weft/shared/notifications'
import { isIn } from '../inboxState.ts'

/** What of one's notifications is looked at. */
export interface Filter {
  view: NotificationView
  tab: NotificationTab | 'all'
  kind: NotificationKind | null
  unread: boolean
}

export const everything: Filter = { view: 'inbox', tab: 'all', kind: null, unread: false }

export const tabs = ['all', 'mentions', 'comments', 'tasks', 'system'] as const

/** The kinds that are looked at; undefined: all. */
export function kindsOf({ tab, kind }: Filter): NotificationKind[] | undefined {
  if (kind !== null) return [kind]
  return tab === 'all' ? undefined : [...notificationTabs[tab]]
}

/** Whether a row is among what is looked at, read or unread. */
export const isAmong = (filter: Filter, row: Notification): boolean =>
  isIn(filter.view, row) && (kindsOf(filter)?.includes(row.kind) ?? true)

/** Whether a row comes into the list. */
export const accepts = (filter: Filter, row: Notification): boolean =>
  isAmong(filter, row) && (!filter.unread || row.readAt === null)
