import type { DocumentId, WorkspaceId } from '@weft/shared/kit'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Avatar } from '../presence/index.ts'
import type { Names } from './names.ts'
import type { OpenSpell } from './openSpells.ts'

/** Who edits now, or did a moment ago, over the history that has yet to tell of it. */
export function OpenSpells(props: {
  spells: readonly OpenSpell[]
  workspaceId: WorkspaceId
  names: Names
  heading: 'h2' | 'h3'
  within: DocumentId | null
}) {
  const { t, i18n } = useTranslation('activity')
  const Heading = props.heading
  if (props.spells.length === 0) return null
  const time = new Intl.DateTimeFormat(i18n.language, { timeStyle: 'short' })
  return (
    <section aria-label={t('now.title')}>
      <Heading className="mt-6 border-line border-b py-2 font-semibold text-sm">{t('now.title')}</Heading>
      <ul>
        {props.spells.map(({ person, documentId, until }) => (
          <li
            key={`${person.id} ${documentId}`}
            data-testid="open-spell"
            data-editing={until === null}
            className="flex items-start gap-3 px-1 py-2"
          >
            <Avatar person={person} faded={until !== null} />
            <div className="min-w-0 flex-1">
              <p className="text-sm">
                <span className="font-medium">{person.name}</span> {t(until === null ? 'now.editing' : 'now.edited')}{' '}
                {documentId === props.within ? (
                  t('thisDocument')
                ) : (
                  <Link to={`/w/${props.workspaceId}/d/${documentId}`} className="font-medium hover:underline">
                    {props.names.document(documentId)?.title || t('untitled')}
                  </Link>
                )}
              </p>
              {until !== null && <p className="text-muted text-xs">{t('now.until', { time: time.format(until) })}</p>}
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
