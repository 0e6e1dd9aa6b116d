import type { UserId, WorkspaceId } from '@weft/shared/kit'
import { useEffect } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import type { DocumentSession } from '../../live/index.ts'
import { useFollow } from '../follow.ts'
import { useReaders } from '../useReaders.ts'

/** While following: a border in that person's colour around the page. Any key stops it, and so does their leaving. */
export function FollowBorder(props: { session: DocumentSession; workspaceId: WorkspaceId; own: UserId }) {
  const { t } = useTranslation('presence')
  const { following, stop } = useFollow()
  const readers = useReaders(props.session, props.workspaceId, props.own)
  const reader = readers.find(({ person }) => person.id === following)
  const gone = following !== null && reader !== undefined && reader.presence === 'gone'
  useEffect(() => {
    if (gone) stop()
  }, [gone, stop])
  useEffect(() => {
    if (following === null) return
    const onKey = (event: KeyboardEvent) => {
      // Enter on the avatar is a click, and its click stops: both would start it again.
      const onAvatar = event.target instanceof Element && event.target.closest('[aria-pressed="true"]') !== null
      if (!onAvatar || (event.key !== 'Enter' && event.key !== ' ')) stop()
    }
    window.addEventListener('keydown', onKey, true)
    return () => window.removeEventListener('keydown', onKey, true)
  }, [following, stop])
  // Another document has other people: following ends with this one.
  useEffect(() => stop, [stop])
  if (reader === undefined) return null
  const { name, color } = reader.person
  // Around the page alone: a line below it can be read and used meanwhile.
  return createPortal(
    <div
      data-testid="follow-border"
      className="pointer-events-none absolute inset-0 z-30 border-4"
      style={{ borderColor: color }}
    >
      <button
        type="button"
        onClick={stop}
        className="pointer-events-auto absolute bottom-0 left-1/2 -translate-x-1/2 rounded-t-md px-3 py-1 text-sm text-white"
        style={{ backgroundColor: color }}
      >
        {t('following', { name })}
      </button>
    </div>,
    document.getElementById('page') ?? document.body,
  )
}
