import { z } from 'zod'

/**
 * What somebody may hear of. Those of rooms that are still to come (comments, tasks, jobs) have their place here, so that
 * preferences which are made today hold for them.
 */
export const NotificationKind = z.enum([
  'mention',
  'edit',
  'share',
  'access-request',
  'invitation',
  'membership',
  'comment',
  'reply',
  'task-assigned',
  'task-due',
  'task-done',
  'job',
  'announcement',
  'quota',
  'security',
])
export type NotificationKind = z.infer<typeof NotificationKind>

export const NotificationLevel = z.enum(['info', 'success', 'warning', 'error'])
export type NotificationLevel = z.infer<typeof NotificationLevel>

/** Why you got this. */
export const NotificationReason = z.enum([
  'mentioned',
  /** You watch the document: by your own choice, since you made it, or since you wrote in it. */
  'watching',
  'created',
  'wrote',
  'shared-with-you',
  'you-manage',
  'invited-them',
  'your-membership',
  'took-part',
  'assigned',
  'your-job',
  'announced',
  'you-administer',
  'your-account',
])
export type NotificationReason = z.infer<typeof NotificationReason>

/** The tabs of the centre: each kind is in one of them, and all of them are in the first, which is every kind. */
export const notificationTabs = {
  mentions: ['mention'],
  comments: ['comment', 'reply'],
  tasks: ['task-assigned', 'task-due', 'task-done'],
  system: ['share', 'access-request', 'invitation', 'membership', 'job', 'announcement', 'quota', 'security', 'edit'],
} as const satisfies Record<string, readonly NotificationKind[]>
export type NotificationTab = keyof typeof notificationTabs
