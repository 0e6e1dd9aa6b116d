import type { UserId, WorkspaceId } from '@weft/shared/kit'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { HoverCard } from '../../kit/index.ts'
import type { DocumentSession } from '../../live/index.ts'
import { ago } from '../ago.ts'
import { useFollow } from '../follow.ts'
import type { Reader } from '../readers.ts'
import { useReaders } from '../useReaders.ts'
import { Avatar } from './Avatar.tsx'
import { JoinsAndLeaves } from './JoinsAndLeaves.tsx'

/** As many as ux.md allows (Presence), and as many as fit a phone's header beside the save word. */
const shown = 6
const shownOnPhones = 3

/** Who is in this document: those here first, those away and just gone faded. A click follows. */
export function PresenceAvatars(props: { session: DocumentSession; workspaceId: WorkspaceId; own: UserId }) {
  const { t } = useTranslation('presence')
  const readers = useReaders(props.session, props.workspaceId, props.own)
  return (
    <div className="flex items-center" data-testid="presence-avatars">
      <JoinsAndLeaves readers={readers} />
      <ul aria-label={t('inDocument')} className="flex items-center -space-x-1.5">
        {readers.slice(0, shown).map((reader, index) => (
          <li key={reader.person.id} className={index < shownOnPhones ? '' : 'max-sm:hidden'}>
            <ReaderAvatar reader={reader} workspaceId={props.workspaceId} />
          </li>
        ))}
        <Overflow readers={readers.slice(shown)} className="max-sm:hidden" />
        <Overflow readers={readers.slice(shownOnPhones)} className="sm:hidden" />
      </ul>
    </div>
  )
}

function Overflow({ readers, className }: { readers: readonly Reader[]; className: string }) {
  const { t } = useTranslation('presence')
  if (readers.length === 0) return null
  return (
    <li
      title={readers.map(({ person }) => person.name).join(', ')}
      className={`inline-flex size-7 items-center justify-center rounded-full bg-sunken text-muted text-xs ring-2 ring-canvas ${className}`}
    >
      <span aria-hidden>+{readers.length}</span>
      <span className="sr-only">{t('more', { count: readers.length })}</span>
    </li>
  )
}

function ReaderAvatar({ reader, workspaceId }: { reader: Reader; workspaceId: WorkspaceId }) {
  const { t, i18n } = useTranslation('presence')
  const { following, follow } = useFollow()
  const { person, presence, activity, leftAt } = reader
  const followed = following === person.id
  const since = leftAt === null ? null : ago(Date.now() - leftAt, i18n.language)
  const doing =
    presence === 'here'
      ? t(activity)
      : presence === 'away'
        ? t('away')
        : since === null
          ? t('justHere')
          : t('wasHere', { since })
  return (
    <HoverCard
      trigger={
        <button
          type="button"
          data-testid="presence-avatar"
          data-user={person.id}
          data-presence={presence}
          aria-pressed={followed}
          disabled={presence === 'gone'}
          onClick={() => follow(person.id)}
          className="rounded-full ring-2 ring-canvas focus-visible:outline-2 focus-visible:outline-accent"
          style={followed ? { boxShadow: `0 0 0 3px ${person.color}` } : undefined}
        >
          <Avatar person={person} faded={presence !== 'here'} />
          <span className="sr-only">{t('avatarLabel', { name: person.name, doing })}</span>
        </button>
      }
    >
      <div className="flex items-center gap-3">
        <Avatar person={person} size={36} faded={presence === 'gone'} />
        <div className="min-w-0">
          <p className="truncate font-medium">{person.name}</p>
          <p className="text-muted">{doing}</p>
          {presence !== 'gone' && <p className="text-faint">{t(followed ? 'clickToStop' : 'clickToFollow')}</p>}
          <Link to={`/w/${workspaceId}/activity?person=${person.id}`} className="text-accent hover:underline">
            {t('activity')}
          </Link>
        </div>
      </div>
    </HoverCard>
  )
}
