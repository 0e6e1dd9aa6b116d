import { type Notification, placeOf } from '@weft/shared/notifications'
import { Archive, ArchiveRestore, Mail, MailOpen } from 'lucide-react'
import { type MouseEvent, memo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../kit/index.ts'
import { sinceWhen } from '../../kit/sinceWhen.ts'
import { Avatar } from '../../presence/index.ts'
import type { Names } from '../names.ts'
import { moreText, whatText, whereText } from '../words.ts'
import { kindIcons } from './kindIcons.ts'
import { SnoozeMenu } from './SnoozeMenu.tsx'
import { WholeText } from './WholeText.tsx'

/** What can be done with a row; the list knows how. */
export interface RowActions {
  open(row: Notification): void
  toggleRead(row: Notification): void
  snooze(row: Notification, until: number | null): void
  archive(row: Notification): void
}

/** One notification: who, what, where, the words, when, and why one got it. */
export const NotificationRow = memo(function NotificationRow(props: {
  row: Notification
  names: Names
  now: number
  /** The keyboard is at this row. */
  active: boolean
  actions: RowActions
}) {
  const { row, names, actions, now } = props
  const { t, i18n } = useTranslation('notifications')
  const language = i18n.language
  const [whole, setWhole] = useState(false)
  const unread = row.readAt === null
  const more = moreText(row, t, language)
  const where = whereText(row, names, t)
  const tabIndex = props.active ? 0 : -1
  const open = (event: MouseEvent) => {
    // Another tab is the browser's business.
    if (event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    setWhole(true)
    actions.open(row)
  }
  return (
    <article
      className={`group relative flex gap-3 border-line border-b px-4 py-3 focus-within:bg-hover hover:bg-hover ${
        unread ? 'bg-accent-soft/40' : ''
      }`}
      data-testid="notification"
      data-unread={unread}
    >
      <span
        aria-hidden
        className={`absolute top-5 left-1.5 size-2 rounded-full ${unread ? 'bg-accent' : 'border border-edge/50'}`}
      />
      <RowPicture row={row} names={names} />
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline gap-2">
          <a
            href={placeOf(row) ?? '#'}
            tabIndex={tabIndex}
            onClick={open}
            className={`min-w-0 flex-1 text-pretty text-sm after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:rounded-md focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:-outline-offset-2 ${
              unread ? 'font-semibold' : ''
            }`}
          >
            {unread && <span className="sr-only">{t('row.unread')}: </span>}
            {row.level !== 'info' && <span className="sr-only">{t(`row.level.${row.level}`)}: </span>}
            {whatText(row, names, t, language)}
          </a>
          <time dateTime={new Date(row.updatedAt).toISOString()} className="shrink-0 text-faint text-xs">
            {sinceWhen(row.updatedAt, now, language)}
          </time>
        </div>
        {where !== null && <p className="truncate text-muted text-sm">{where}</p>}
        {more !== null && (
          <p className={`whitespace-pre-line break-words text-muted text-sm ${whole ? '' : 'line-clamp-3'}`}>
            {whole ? <WholeText row={row} begun={more} /> : more}
          </p>
        )}
        <div className="flex flex-wrap items-center justify-end gap-x-2">
          <p className="min-w-0 flex-1 basis-48 text-pretty pt-1 text-faint text-xs">
            {row.snoozedUntil === null
              ? t('why.label', { reason: t(`why.${row.reason}`) })
              : t('row.until', { when: timeText(row.snoozedUntil, language) })}
          </p>
          <div className="absolute right-3 bottom-1 flex shrink-0 gap-0.5 rounded-md bg-hover opacity-0 focus-within:opacity-100 group-focus-within:opacity-100 group-hover:opacity-100 has-data-[state=open]:opacity-100 pointer-coarse:relative pointer-coarse:right-0 pointer-coarse:bottom-0 pointer-coarse:bg-transparent pointer-coarse:opacity-100">
            <IconButton
              icon={unread ? MailOpen : Mail}
              label={t(unread ? 'row.read' : 'row.markUnread')}
              keys="U"
              tabIndex={tabIndex}
              onClick={() => actions.toggleRead(row)}
            />
            {row.archivedAt === null && (
              <SnoozeMenu
                sleeping={row.snoozedUntil !== null}
                tabIndex={tabIndex}
                onSnooze={(until) => actions.snooze(row, until)}
              />
            )}
            <IconButton
              icon={row.archivedAt === null ? Archive : ArchiveRestore}
              label={t(row.archivedAt === null ? 'row.archive' : 'row.unarchive')}
              keys="E"
              tabIndex={tabIndex}
              onClick={() => actions.archive(row)}
            />
          </div>
        </div>
      </div>
    </article>
  )
})

export const timeText = (at: number, language: string): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(at)

const levelLooks = { info: 'text-muted', success: 'text-success', warning: 'text-warning', error: 'text-danger' }

/** Whoever did it last, with the kind's icon; the icon alone where nobody did. */
function RowPicture({ row, names }: { row: Notification; names: Names }) {
  const Icon = kindIcons[row.kind]
  const [first] = row.actorIds
  const person = first === undefined ? undefined : names.person(first)
  if (person === undefined) {
    return (
      <span
        className={`inline-flex size-8 shrink-0 items-center justify-center rounded-full bg-hover ${levelLooks[row.level]}`}
      >
        <Icon size={16} aria-hidden />
      </span>
    )
  }
  return (
    <span className="relative h-8 shrink-0">
      <Avatar person={person} size={32} />
      <span
        className={`-right-1 absolute top-4.5 inline-flex size-4.5 items-center justify-center rounded-full bg-raised ring-1 ring-line ${levelLooks[row.level]}`}
      >
        <Icon size={12} aria-hidden />
      </span>
    </span>
  )
}
