import { Bell } from 'lucide-react'
import { lazy, type ReactNode, type Ref, Suspense, useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Loading, Popover, Skeleton, Tooltip } from '../kit/index.ts'
import { useInbox } from './useInbox.ts'

const Centre = lazy(async () => ({ default: (await import('./centre/Centre.tsx')).Centre }))

/** `line`: among other ways to go, with its name; `icon`: alone. */
type Look = 'line' | 'icon'

/**
 * The way to one's notifications, with the number of those that are unread as the server says it [NOTIFY-2]. Wide, it
 * opens them over the page; narrow, they are a page.
 */
export function NotificationBell({ look, wide }: { look: Look; wide: boolean }) {
  const { t } = useTranslation('app')
  const { unread } = useInbox()
  const [open, setOpen] = useState(false)
  const close = useCallback(() => setOpen(false), [])
  const name = unread === 0 ? t('bell.none') : t('bell.unread', { count: unread })
  const content = <BellContent look={look} unread={unread} />
  if (!wide) {
    return (
      <Link to="/notifications" aria-label={name} data-testid="notification-bell" className={shapes[look]}>
        {content}
      </Link>
    )
  }
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label={t('bell.none')}
      flush
      {...(look === 'line' ? { side: 'right' as const, align: 'start' as const } : { align: 'start' as const })}
      trigger={
        <BellButton look={look} name={name}>
          {content}
        </BellButton>
      }
    >
      <Suspense fallback={<CentreSkeleton />}>
        <Centre look="popover" onGone={close} />
      </Suspense>
    </Popover>
  )
}

const shapes: Record<Look, string> = {
  line: 'flex min-h-8 w-full items-center gap-2 rounded-md px-2 text-left text-muted text-sm hover:bg-hover hover:text-ink data-[state=open]:bg-hover data-[state=open]:text-ink',
  icon: 'relative inline-flex size-7 shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink data-[state=open]:bg-hover data-[state=open]:text-ink',
}

function BellButton(props: { look: Look; name: string; children: ReactNode; ref?: Ref<HTMLButtonElement> }) {
  const { look, name, children, ...rest } = props
  const button = (
    <button type="button" aria-label={name} data-testid="notification-bell" {...rest} className={shapes[look]}>
      {children}
    </button>
  )
  return look === 'icon' ? <Tooltip label={name}>{button}</Tooltip> : button
}

function BellContent({ look, unread }: { look: Look; unread: number }) {
  const { t } = useTranslation('app')
  return (
    <>
      <Bell size={16} aria-hidden className={`${look === 'line' ? 'text-faint' : 'text-muted'} shrink-0`} />
      {look === 'line' && (
        <span aria-hidden className="min-w-0 flex-1 truncate">
          {t('bell.none')}
        </span>
      )}
      {/* Words that are seen are told apart from the number, as in the button's name. */ ' '}
      {unread > 0 && (
        <span
          aria-hidden
          data-testid="unread-count"
          className={`inline-flex min-w-4.5 items-center justify-center rounded-full bg-accent px-1 font-medium text-on-accent text-xs ${
            look === 'icon' ? '-top-1 absolute left-4 ring-2 ring-canvas' : ''
          }`}
        >
          {unread}
        </span>
      )}
    </>
  )
}

const CentreSkeleton = () => (
  <Loading>
    <div className="flex flex-col gap-3 p-4">
      <Skeleton className="h-7" />
      <Skeleton className="h-16" />
      <Skeleton className="h-16" />
      <Skeleton className="h-16" />
    </div>
  </Loading>
)
