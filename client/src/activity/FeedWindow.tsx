import { windowChannel } from '@weft/shared/sync'
import { useEffect, useRef } from 'react'
import { useWindow, type WindowView } from '../live/index.ts'

/** Keeps one audience's window open, and says when it came back after a gap: it may have been put together anew. */
export function FeedWindow(props: {
  audienceId: string
  show(audienceId: string, view: WindowView | null): void
  onReturn(): void
}) {
  const { audienceId, show, onReturn } = props
  const view = useWindow(windowChannel('feed', audienceId))
  const was = useRef<'never' | 'live' | 'away'>('never')
  useEffect(() => show(audienceId, view), [audienceId, show, view])
  useEffect(() => () => show(audienceId, null), [audienceId, show])
  useEffect(() => {
    if (view.live && was.current === 'away') onReturn()
    if (view.live) was.current = 'live'
    else if (was.current === 'live') was.current = 'away'
  }, [view.live, onReturn])
  return null
}
