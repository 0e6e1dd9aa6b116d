import type { AccountWarning, NotificationKind, NotificationReason, TemplateText } from '@weft/shared/notifications'

/** What templates may speak of. */
export const templateVariables = [
  'person',
  'actor',
  'count',
  'document',
  'workspace',
  'role',
  'percent',
  'title',
  'text',
  'link',
] as const
export type TemplateValues = Record<(typeof templateVariables)[number], string | number>

const times = '{% if count > 1 %} {{ count }} times{% endif %}'

/** What mails and pushes say unless an administrator has put it otherwise; the subject is a push's first line. */
export const defaultWords: Record<NotificationKind, TemplateText> = {
  mention: {
    subject: '{{ actor }} mentioned you in {{ document }}',
    text: `{{ actor }} mentioned you${times} in “{{ document }}” ({{ workspace }}).`,
  },
  edit: {
    subject: '{{ actor }} edited {{ document }}',
    text: `{{ actor }} edited “{{ document }}” ({{ workspace }})${times}.`,
  },
  share: {
    subject: '{{ actor }} shared {{ document }} with you',
    text: '{{ actor }} shared “{{ document }}” ({{ workspace }}) with you: you may {{ role }} it.',
  },
  'access-request': {
    subject: '{{ actor }} asks to see {{ document }}',
    text: '{{ actor }} asks to see “{{ document }}” ({{ workspace }}). You can share it with them, or let it be.',
  },
  invitation: {
    subject: '{{ actor }} joined {{ workspace }}',
    text: '{{ actor }} came to {{ workspace }} by your invitation.',
  },
  membership: {
    subject: 'Your membership in {{ workspace }} has changed',
    text: '{% if role == "suspended" %}{{ actor }} suspended you in {{ workspace }}.{% elsif role != "" %}{{ actor }} made you {{ role }} of {{ workspace }}.{% else %}{{ actor }} removed you from {{ workspace }}.{% endif %}',
  },
  comment: {
    subject: '{{ actor }} commented on {{ document }}',
    text: `{{ actor }} commented${times} on “{{ document }}” ({{ workspace }}).`,
  },
  reply: {
    subject: '{{ actor }} replied in {{ document }}',
    text: `{{ actor }} replied${times} in “{{ document }}” ({{ workspace }}).`,
  },
  'task-assigned': {
    subject: '{{ actor }} gave you a task',
    text: '{{ actor }} gave you a task in “{{ document }}” ({{ workspace }}).',
  },
  'task-due': { subject: 'A task is due', text: 'A task of yours in “{{ document }}” ({{ workspace }}) is due.' },
  'task-done': {
    subject: '{{ actor }} finished a task',
    text: '{{ actor }} finished a task in “{{ document }}” ({{ workspace }}).',
  },
  job: { subject: 'A job has ended', text: 'A job of yours on “{{ document }}” ({{ workspace }}) has ended.' },
  announcement: { subject: '{{ title }}', text: '{{ title }}{% if text != "" %}\n\n{{ text }}{% endif %}' },
  quota: {
    subject: '{{ workspace }} is {{ percent }} % full',
    text: '{{ workspace }} takes {{ percent }} % of its room. Empty the trash, or ask whoever runs the server for more.',
  },
  security: {
    subject: 'Somebody signed in to your account',
    text: 'There was a change in your account that you should know of: {{ text }} If it was not you, change your password.',
  },
}

/** Of what happens where nothing of it may be said. */
export const privateWords: TemplateText = {
  subject: 'Something new for you',
  text: 'There is something new for you. Open it to see what it is.',
}

export const reasonWords: Record<NotificationReason, string> = {
  mentioned: 'you were mentioned',
  watching: 'you watch this document',
  created: 'you made this document',
  wrote: 'you wrote in this document',
  'shared-with-you': 'it was shared with you',
  'you-manage': 'you manage this document',
  'invited-them': 'you invited them',
  'your-membership': 'it is about your membership',
  'took-part': 'you took part',
  assigned: 'it is assigned to you',
  'your-job': 'you started it',
  announced: 'it was announced to you',
  'you-administer': 'you administer this workspace',
  'your-account': 'it is about your account',
}

export const warningWords = {
  'new-sign-in': 'somebody signed in from a device that was not known.',
  'password-changed': 'its password was changed.',
  'two-factor-on': 'signing in asks for a code from now on.',
  'two-factor-off': 'signing in does not ask for a code any more.',
  'backup-codes-renewed': 'it has new backup codes; the ones from before are worth nothing.',
  'passkey-added': 'a passkey was added, with which one signs in.',
  'passkey-removed': 'a passkey was removed.',
} as const satisfies Record<AccountWarning, string>
