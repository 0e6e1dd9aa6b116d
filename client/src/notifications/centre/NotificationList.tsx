import { useVirtualizer } from '@tanstack/react-virtual'
import type { NotificationId } from '@weft/shared/kit'
import type { Notification } from '@weft/shared/notifications'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Names } from '../names.ts'
import { NotificationRow, type RowActions } from './NotificationRow.tsx'
import { useNow } from './useNow.ts'

/** About as high as a row is; those that are shown are measured. Pixels. */
const rowHeight = 93
/** So many rows before the end, older ones are asked for. */
const ahead = 15

const steps: Record<string, number> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }

/**
 * Rows of which only those in sight are in the page. One of them has the keyboard: `j`, `k` and the arrows move on,
 * Enter opens, `e` archives, `u` marks as read or unread.
 */
export function NotificationList(props: {
  rows: readonly Notification[]
  names: Names
  actions: RowActions
  /** Keys are for the list wherever in the page the keyboard is; else where it is in `data-centre`. */
  wholePage: boolean
  onEnd(): void
  below: ReactNode
}) {
  const { rows, names, actions, onEnd } = props
  const { t } = useTranslation('notifications')
  const scroller = useRef<HTMLElement>(null)
  const now = useNow()
  // An object, so that going to where the keyboard was last brings it back there.
  const [active, setActive] = useState({ index: 0 })
  const wantsFocus = useRef(false)
  /** The row that was put away: the keyboard goes to the one in its place when it has gone. */
  const leaving = useRef<NotificationId | null>(null)
  const at = Math.min(active.index, Math.max(0, rows.length - 1))
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 6,
  })
  const items = virtual.getVirtualItems()
  const lastShown = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (rows.length > 0 && lastShown >= rows.length - ahead) onEnd()
  }, [lastShown, rows.length, onEnd])
  // After what was done, and in the place of a row that has gone, the keyboard stays in the list.
  useEffect(() => {
    if (!wantsFocus.current || rows.some(({ id }) => id === leaving.current)) return
    const link = scroller.current?.querySelector<HTMLElement>(`[data-index="${at}"] a`)
    const next = rows.length === 0 ? scroller.current : link
    if (!next) return
    wantsFocus.current = false
    next.focus({ preventScroll: true })
  })

  const go = (index: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, index))
    wantsFocus.current = true
    leaving.current = null
    setActive({ index: next })
    virtual.scrollToIndex(next, { align: 'auto' })
  }
  // The same object, so that rows which stay are not drawn again as one scrolls.
  const kept = useMemo<RowActions>(() => {
    const putAway = (row: Notification) => {
      wantsFocus.current = true
      leaving.current = row.id
    }
    return {
      ...actions,
      archive: (row) => {
        putAway(row)
        actions.archive(row)
      },
      snooze: (row, until) => {
        putAway(row)
        actions.snooze(row, until)
      },
    }
  }, [actions])
  const press = (event: KeyboardEvent) => {
    const { target } = event
    if (event.ctrlKey || event.metaKey || event.altKey || !(target instanceof HTMLElement)) return
    // Keys in a field, a menu or a window over the list are theirs.
    const owner = target.closest('input, [role="menu"], [role="dialog"]')
    if (owner !== null && !owner.contains(scroller.current)) return
    // What is done to a row is done to one that has the keyboard, and shows it.
    const row = target.closest('article') === null ? undefined : rows[at]
    const step = steps[event.key]
    if (step !== undefined) go(row === undefined ? at : at + step)
    else if (event.key === 'Home') go(0)
    else if (event.key === 'End') go(rows.length - 1)
    else if (event.key === 'e' && row !== undefined) kept.archive(row)
    else if (event.key === 'u' && row !== undefined) actions.toggleRead(row)
    else return
    event.preventDefault()
  }
  useEffect(() => {
    const root = props.wholePage ? document.body : scroller.current?.closest<HTMLElement>('[data-centre]')
    root?.addEventListener('keydown', press)
    return () => root?.removeEventListener('keydown', press)
  })
  return (
    <section
      ref={scroller}
      aria-label={t('list')}
      tabIndex={-1}
      data-testid="notification-list"
      className="relative min-h-0 flex-1 overflow-y-auto overscroll-contain focus:outline-none"
    >
      {rows.length > 0 && (
        <ul className="relative" style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index, key, start }) => {
            const row = rows[index]
            return (
              row !== undefined && (
                <li
                  key={key}
                  ref={virtual.measureElement}
                  data-index={index}
                  aria-setsize={rows.length}
                  aria-posinset={index + 1}
                  className="absolute inset-x-0 top-0"
                  style={{ transform: `translateY(${start}px)` }}
                  onFocus={() => index !== at && setActive({ index })}
                >
                  <NotificationRow row={row} names={names} now={now} active={index === at} actions={kept} />
                </li>
              )
            )
          })}
        </ul>
      )}
      {props.below}
    </section>
  )
}
