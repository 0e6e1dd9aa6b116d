import { type Document, type DocumentPerson, type DocumentRole, mayManage } from '@weft/shared/documents'
import type { UserId } from '@weft/shared/kit'
import { mayManageLinks } from '@weft/shared/sharedLinks'
import type { Member } from '@weft/shared/workspaces'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorState, LateFields, Loading, Skeleton, toastProblem } from '../kit/index.ts'
import { PrivateMail } from '../notifications/index.ts'
import { SharedLinks } from '../sharedLinks/index.ts'
import { useMembers } from '../workspaces/index.ts'
import { useDocumentPeople, useSetAccess } from './queries.ts'
import { ShareAdd } from './ShareAdd.tsx'
import { SharePerson } from './SharePerson.tsx'
import { ShareReach } from './ShareReach.tsx'
import { ShareRequests } from './ShareRequests.tsx'
import { roleWord } from './shareWords.ts'

const order = { here: 0, above: 1, workspace: 2 }

/** Whom a document lets in, why each of them, and what may be changed about it. */
export function ShareAccess({ document }: { document: Document }) {
  const { t } = useTranslation('documents')
  const members = useMembers(document.workspaceId)
  const access = useDocumentPeople(document.id, members.data !== undefined)
  const setAccess = useSetAccess(document.id)
  const [said, setSaid] = useState('')
  // What was read before stays: a change that did not go through says why by itself.
  const failed = [members, access].find(({ data, isError }) => data === undefined && isError)
  if (failed !== undefined) return <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />
  if (members.fetchStatus === 'idle' && members.data === undefined) {
    return <p className="text-muted text-sm">{t('share.guest')}</p>
  }
  if (members.data === undefined || access.data === undefined) {
    return (
      <Loading>
        <Skeleton className="h-24" />
      </Loading>
    )
  }
  const { people } = access.data
  const manages = mayManage(document.role)
  const byId = new Map(members.data.map((member) => [member.id, member]))
  const rows = people
    .flatMap((person): [Member, DocumentPerson][] => {
      const member = byId.get(person.userId)
      return member === undefined ? [] : [[member, person]]
    })
    .toSorted(([, a], [, b]) => order[a.origin.kind] - order[b.origin.kind])
  const listed = new Set(people.map(({ userId }) => userId))

  const change = (userId: UserId, role: DocumentRole | null) => {
    const before = people.find((person) => person.userId === userId)
    const next = role ?? before?.inherited?.role ?? null
    setAccess.mutate(
      { userId, role },
      {
        onError: toastProblem,
        onSuccess: () => setSaid(t('share.changed', { name: byId.get(userId)?.name, role: roleWord(next, t) })),
      },
    )
  }
  return (
    <LateFields>
      <ShareReach document={document} access={access.data} manages={manages} />
      {manages && <ShareRequests document={document} members={byId} />}
      <h3 className="mt-4 mb-1 font-medium text-faint text-xs">{t('share.people')}</h3>
      <ul className="flex flex-col gap-1">
        {rows.map(([member, person]) => (
          <SharePerson
            key={member.id}
            member={member}
            person={person}
            manages={manages}
            busy={setAccess.isPending}
            onChange={(role) => change(member.id, role)}
          />
        ))}
      </ul>
      {manages && (
        <ShareAdd
          candidates={members.data.filter(({ id }) => !listed.has(id))}
          busy={setAccess.isPending}
          onAdd={change}
        />
      )}
      {!manages && <p className="mt-3 text-muted text-sm">{t('share.onlyManagers')}</p>}
      {mayManageLinks(document.role) && (
        <Suspense fallback={<div className="mt-4 h-20" />}>
          <SharedLinks document={document} />
        </Suspense>
      )}
      <Suspense fallback={manages && <div className="mt-3 h-16" />}>
        <PrivateMail documentId={document.id} manages={manages} />
      </Suspense>
      <p role="status" className="sr-only">
        {said}
      </p>
    </LateFields>
  )
}
