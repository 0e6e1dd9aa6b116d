import { ArrowUp, CheckCheck, CloudOff, Settings2 } from 'lucide-react'
import { Tabs } from 'radix-ui'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import '../catalogue.ts'
import { Button, IconButton, IconLink, problemText } from '../../kit/index.ts'
import { useConnection } from '../../live/index.ts'
import { useNames } from '../names.ts'
import { centreShown } from '../news/looking.ts'
import { useInbox } from '../useInbox.ts'
import { useInboxCommands } from '../useInboxCommands.ts'
import { CentreEmpty, CentreLoading } from './CentreState.tsx'
import { Filters } from './Filters.tsx'
import { everything, type Filter, kindsOf, tabs } from './filter.ts'
import { NotificationList } from './NotificationList.tsx'
import { useRowActions } from './useRowActions.tsx'
import { useRows } from './useRows.ts'

/** A server that says nothing for so long is not just slow: what is known is shown, and that there may be more; ms. */
const patience = 8_000

/**
 * One's notifications: what is unread, what was put away, and all that can be done with them. Over a page or as one;
 * `onGone` is called where one leaves it for somewhere else.
 */
export function Centre({ look, onGone }: { look: 'popover' | 'page'; onGone(): void }) {
  const { t } = useTranslation('notifications')
  const inbox = useInbox()
  const connection = useConnection()
  const [filter, setFilter] = useState<Filter>(everything)
  const { rows, fresh, takeIn, names: pageNames, older, asking } = useRows(inbox, filter)
  const names = useNames([...inbox.rows.values()], inbox.seq, pageNames)
  const commands = useInboxCommands()
  const actions = useRowActions(onGone)
  const impatient = useImpatient(asking)
  const load = useRef(older.load)
  load.current = older.load
  const onEnd = useCallback(() => load.current(), [])
  const mayLoad = older.state === 'more'
  useEffect(() => centreShown(), [])
  const root = useRef<HTMLDivElement>(null)
  // Its code may have come after the window over the page: the keyboard follows.
  useEffect(() => {
    if (look === 'popover') root.current?.focus({ preventScroll: true })
  }, [look])
  const Heading = look === 'page' ? 'h1' : 'h2'
  const away = connection === 'offline' || inbox.closed !== null
  const unseen = filter.view === 'inbox' && inbox.seq === null
  const failed = older.state === 'failed' && rows.length === 0
  return (
    <Tabs.Root
      ref={root}
      tabIndex={-1}
      value={filter.tab}
      onValueChange={(value) => {
        const tab = tabs.find((one) => one === value)
        if (tab !== undefined) setFilter({ ...filter, tab, kind: null })
      }}
      className={`flex min-h-0 flex-col focus:outline-none ${look === 'page' ? 'flex-1' : 'h-[36rem] max-h-full'}`}
      data-testid="notification-centre"
      data-centre
    >
      <div className="flex shrink-0 items-center gap-1 px-4 pt-3 pb-1">
        <Heading className="min-w-0 truncate font-semibold text-base">{t('title')}</Heading>
        <div className="flex shrink-0 grow pl-1">
          {/* Up here it covers no row, and moves none. */}
          {fresh > 0 && (
            <Button
              look="primary"
              size="sm"
              className="!px-1.5"
              aria-label={t('fresh', { count: fresh })}
              onClick={takeIn}
            >
              <ArrowUp size={16} aria-hidden />
              {t('new', { count: fresh })}
            </Button>
          )}
        </div>
        <Button
          size="sm"
          look={filter.unread ? 'quiet' : 'plain'}
          aria-pressed={filter.unread}
          onClick={() => setFilter({ ...filter, unread: !filter.unread })}
        >
          {t('filter.unread')}
        </Button>
        <IconButton
          icon={CheckCheck}
          label={t('markAll')}
          disabled={inbox.seq === null || inbox.unread === 0}
          onClick={() => void commands.markAll(inbox.seq ?? 0, kindsOf(filter))}
        />
        <IconLink icon={Settings2} label={t('settings')} to="/settings/notifications" onClick={onGone} />
      </div>
      <Filters filter={filter} onChange={setFilter} />
      {away && (
        <p className="flex shrink-0 items-center gap-2 border-line border-b bg-sunken px-4 py-1.5 text-muted text-xs">
          <CloudOff size={16} aria-hidden className="shrink-0" />
          {t('offline')}
        </p>
      )}
      <p role="status" className="sr-only">
        {fresh > 0 && t('arrived', { count: fresh })}
      </p>
      <Tabs.Content value={filter.tab} tabIndex={-1} className="flex min-h-0 flex-1 flex-col focus:outline-none">
        {asking && !impatient && !away ? (
          <CentreLoading />
        ) : (
          <NotificationList
            key={`${filter.view}-${filter.tab}-${filter.kind}-${filter.unread}`}
            rows={rows}
            names={names}
            actions={actions}
            wholePage={look === 'page'}
            onEnd={mayLoad ? onEnd : nothing}
            below={
              rows.length === 0 ? (
                older.state === 'loading' ? (
                  <CentreLoading />
                ) : (
                  <CentreEmpty
                    filter={filter}
                    unseen={unseen}
                    error={failed ? older.error : null}
                    onRetry={older.load}
                  />
                )
              ) : (
                <Below older={older} />
              )
            }
          />
        )}
      </Tabs.Content>
      {look === 'popover' && (
        <div className="flex shrink-0 justify-center border-line border-t p-1.5">
          <Button asChild look="plain" size="sm">
            <Link to="/notifications" onClick={onGone}>
              {t('page')}
            </Link>
          </Button>
        </div>
      )}
    </Tabs.Root>
  )
}

const nothing = () => undefined

function Below({ older }: { older: ReturnType<typeof useRows>['older'] }) {
  const { t } = useTranslation('notifications')
  const { t: tKit } = useTranslation('kit')
  if (older.state === 'failed') {
    return (
      <div role="alert" className="flex flex-wrap items-center gap-2 px-4 py-3 text-muted text-sm">
        <span>
          {t('olderFailed')} {problemText(older.error, tKit)}
        </span>
        <Button size="sm" onClick={older.load}>
          {tKit('retry')}
        </Button>
      </div>
    )
  }
  return <p className="px-4 py-3 text-center text-faint text-xs">{t(older.state === 'none' ? 'end' : 'older')}</p>
}

function useImpatient(asking: boolean): boolean {
  const [impatient, setImpatient] = useState(false)
  useEffect(() => {
    if (!asking) return setImpatient(false)
    const timer = setTimeout(() => setImpatient(true), patience)
    return () => clearTimeout(timer)
  }, [asking])
  return impatient
}
