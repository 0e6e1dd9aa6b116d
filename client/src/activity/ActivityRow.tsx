import type { ActivityGroup } from '@weft/shared/activity'
import type { DocumentId, WorkspaceId } from '@weft/shared/kit'
import { Filter } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { IconButton, Logo } from '../kit/index.ts'
import { Avatar } from '../presence/index.ts'
import type { Names } from './names.ts'
import { actorText, didText, moreText } from './words.ts'

/** What one person did of one kind in one place, in one part of a day. */
export function ActivityRow(props: {
  group: ActivityGroup
  workspaceId: WorkspaceId
  names: Names
  within: DocumentId | null
  onOnly?(documentId: DocumentId): void
}) {
  const { group, names, onOnly } = props
  const { t, i18n } = useTranslation('activity')
  const person = names.person(group.actorId)
  const document = names.document(group.documentId)
  const { documentId } = group
  const title = document === null ? t('someDocument') : document.title || t('untitled')
  return (
    <li className="group flex items-start gap-3 px-1 py-2" data-testid="activity">
      {person === null ? <Logo size={28} /> : <Avatar person={person} />}
      <div className="min-w-0 flex-1">
        <p className="text-sm">
          <span className="font-medium">{actorText(group, names, t)}</span> {didText(group, names, t, i18n.language)}{' '}
          {documentId !== null &&
            (documentId === props.within ? (
              t('thisDocument')
            ) : document === null || document.inTrash ? (
              <span className="font-medium">{title}</span>
            ) : (
              <Link to={`/w/${props.workspaceId}/d/${documentId}`} className="font-medium hover:underline">
                {title}
              </Link>
            ))}
        </p>
        <p className="text-muted text-xs">{moreText(group, t, i18n.language)}</p>
      </div>
      {documentId !== null && onOnly !== undefined && (
        <span className="opacity-0 focus-within:opacity-100 group-hover:opacity-100">
          <IconButton icon={Filter} label={t('onlyThis')} onClick={() => onOnly(documentId)} />
        </span>
      )}
    </li>
  )
}
