import { notificationsAdminContract, notificationsContract, pushContract } from '@weft/shared/notifications'
import { clientOf } from '../kit/api.ts'

/** The calls of this room; loaded with it. */
export const notificationsApi = clientOf({
  notifications: notificationsContract,
  push: pushContract,
  announcements: notificationsAdminContract,
})
