import { type DocumentId, UserId, type WorkspaceId } from '@weft/shared/kit'
import { Maximize2 } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAccount } from '../auth/index.ts'
import { useDocuments } from '../documents/index.ts'
import { IconLink, Select } from '../kit/index.ts'
import { useDocumentSession } from '../live/index.ts'
import { useReaders } from '../presence/index.ts'
import { ActivityFeed, useFeed } from './ActivityFeed.tsx'
import './catalogue.ts'
import { activityAddress, everything, type Filter } from './filter.ts'
import type { Editing } from './openSpells.ts'

/** Who edits a document that not everybody may open; of others the workspace's presence tells. */
function useEditingHere(workspaceId: WorkspaceId, documentId: DocumentId): Editing[] {
  const own = useAccount().id
  const { data: documents } = useDocuments(workspaceId)
  const readers = useReaders(useDocumentSession(documentId), workspaceId, own)
  const isNarrower = documents?.find(({ id }) => id === documentId)?.narrower === true
  return useMemo(
    () =>
      isNarrower
        ? readers
            .filter(({ presence, activity }) => presence === 'here' && activity === 'editing')
            .map(({ person }) => ({ person, documentId }))
        : [],
    [readers, isNarrower, documentId],
  )
}

const scopes = ['document', 'workspace'] as const

/** The history at the side of a document: of this document, of its workspace, or of one of its people. */
export function ActivityPanel({ workspaceId, documentId }: { workspaceId: WorkspaceId; documentId: DocumentId }) {
  const { t } = useTranslation('activity')
  const [scope, setScope] = useState<(typeof scopes)[number] | UserId>('document')
  const filter = useMemo<Filter>(() => {
    if (scope === 'workspace') return everything
    return scope === 'document' ? { ...everything, document: documentId } : { ...everything, person: scope }
  }, [scope, documentId])
  const feed = useFeed(workspaceId, filter, useEditingHere(workspaceId, documentId))
  const options = [
    ...scopes.map((value) => ({ value, text: t(`scope.${value}`) })),
    ...feed.members.map(({ id, name }) => ({ value: id, text: name })),
  ]
  return (
    <>
      <div className="flex items-center justify-between gap-2 pt-2">
        <Select<string>
          quiet
          label={t('scope.label')}
          value={scope}
          options={options}
          onChange={(value) => setScope(scopes.find((one) => one === value) ?? UserId.parse(value))}
        />
        <IconLink icon={Maximize2} label={t('page')} to={activityAddress(workspaceId, filter)} />
      </div>
      <ActivityFeed
        workspaceId={workspaceId}
        feed={feed}
        heading="h3"
        within={scope === 'document' ? documentId : null}
      />
    </>
  )
}
