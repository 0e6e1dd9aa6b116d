import type { UserId, WorkspaceId } from '@weft/shared/kit'
import type { Member } from '@weft/shared/workspaces'
import { useTranslation } from 'react-i18next'
import { useConnection } from '../../live/index.ts'
import { ago } from '../ago.ts'
import type { PresentPerson } from '../people.ts'
import { usePeople } from '../usePeople.ts'
import { Avatar } from './Avatar.tsx'

/** The sidebar's foot: who of the workspace is here now. */
export function MembersPresent(props: {
  workspaceId: WorkspaceId
  members: readonly Member[] | undefined
  own: UserId
}) {
  const { t } = useTranslation('presence')
  const connection = useConnection()
  const people = usePeople(props.workspaceId, props.members)
  const present = people.filter(({ person, status }) => person.id !== props.own && status !== 'offline')
  // Guests do not see who belongs; for the others the list is on its way.
  if (props.members === undefined) return null
  if (connection === 'offline') return <p className="px-2 py-1 text-faint text-xs">{t('youAreOffline')}</p>
  if (present.length === 0) return <p className="px-2 py-1 text-faint text-xs">{t('nobodyElse')}</p>
  return (
    <ul aria-label={t('membersPresent')} className="flex flex-wrap gap-1.5 px-2 py-1" data-testid="members-present">
      {present.map((entry) => (
        <li key={entry.person.id} title={entry.person.name}>
          <Avatar person={entry.person} status={entry.status} faded={entry.status === 'away'} />
          <span className="sr-only">
            {entry.person.name}, <PersonStatus person={entry} />
          </span>
        </li>
      ))}
    </ul>
  )
}

/** "Online", "Away", "Last seen 2 hours ago": for the members list and on mentions. */
export function PersonStatus({ person }: { person: PresentPerson }) {
  const { t, i18n } = useTranslation('presence')
  if (person.status !== 'offline') return <>{t(person.status)}</>
  if (person.lastSeenAt === null) return <>{t('offline')}</>
  const since = ago(Date.now() - person.lastSeenAt, i18n.language)
  return <>{since === null ? t('lastSeenNow') : t('lastSeen', { since })}</>
}
