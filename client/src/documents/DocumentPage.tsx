import { useQueryClient } from '@tanstack/react-query'
import { type Document, mayWriteIn } from '@weft/shared/documents'
import type { DocumentId, WorkspaceId } from '@weft/shared/kit'
import { CloudOff, FileX2 } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useAccount } from '../auth/index.ts'
import { useFocusMode } from '../kit/focusMode.ts'
import { Button, EmptyState, Loading, Skeleton } from '../kit/index.ts'
import { usePageTitle } from '../kit/usePageTitle.ts'
import {
  type DocumentSession,
  useDocumentSession,
  useDocumentState,
  useLive,
  useNotOnDevice,
  useOutbox,
} from '../live/index.ts'
import { FollowBorder } from '../presence/index.ts'
import { useMembers } from '../workspaces/index.ts'
import { ArchivedLine } from './ArchivedLine.tsx'
import { DocumentHeader } from './DocumentHeader.tsx'
import { FocusCorner } from './FocusCorner.tsx'
import { NoAccess } from './NoAccess.tsx'
import { useAllDocuments, useReadersOf } from './queries.ts'
import { SetAsideNotice } from './SetAsideNotice.tsx'
import { useMirrorTitle } from './useMirrorTitle.ts'
import { useTellOfRight } from './useTellOfRight.ts'

const DocumentEditor = lazy(async () => ({ default: (await import('../editor/index.ts')).DocumentEditor }))

export interface DocumentPageProps {
  workspaceId: WorkspaceId
  documentId: DocumentId
  /** Puts its child into the frame's bar. */
  Bar: (props: { children: ReactNode }) => ReactNode
}

/** One document: its header, and its text or the reason why there is none. */
export function DocumentPage({ workspaceId, documentId, Bar }: DocumentPageProps) {
  const { t } = useTranslation('documents')
  const { data: documents } = useAllDocuments(workspaceId)
  const document = documents?.find(({ id }) => id === documentId)
  const session = useDocumentSession(documentId)
  const focused = useFocusMode()
  useMirrorTitle(workspaceId, documentId, session, document?.title)
  const name = document === undefined ? '' : document.title || t('untitled')
  usePageTitle(document?.icon ? `${document.icon} ${name}` : name)
  return (
    <>
      {focused ? (
        <FocusCorner documentId={documentId} />
      ) : (
        <Bar>{document !== undefined && <DocumentHeader document={document} session={session} />}</Bar>
      )}
      <div>
        {document !== undefined && <h1 className="sr-only">{name}</h1>}
        <div className="px-4 pt-4 empty:hidden">
          {document !== undefined && document.archivedAt !== null && <ArchivedLine document={document} />}
          <SetAsideNotice documentId={documentId} />
        </div>
        <DocumentText workspaceId={workspaceId} document={document} documents={documents} session={session} />
      </div>
    </>
  )
}

interface DocumentTextProps {
  workspaceId: WorkspaceId
  document: Document | undefined
  documents: readonly Document[] | undefined
  session: DocumentSession
}

function DocumentText({ workspaceId, document, documents, session }: DocumentTextProps) {
  const { t } = useTranslation('documents')
  const live = useLive()
  const account = useAccount()
  const state = useDocumentState(session)
  useTellOfRight(state, document?.title || t('untitled'))
  const notOnDevice = useNotOnDevice(session)
  const client = useQueryClient()
  // A removed person may have lost the workspace too: what the lists say is old.
  useEffect(() => {
    if (state.closed === 'access-removed' || state.closed === 'not-found') void client.invalidateQueries()
  }, [client, state.closed])
  // On its way out of the trash, or a copy on its way there: the list shows it, and the server lets nobody in yet.
  const returning = useComing(session.documentId)
  const listed = document !== undefined && !returning
  const { data: members } = useMembers(workspaceId)
  const readers = useReadersOf(session.documentId, document, listed && mayWriteIn(document) && members !== undefined)
  // Restored, or shared again: it opens by itself. Once for each time that it comes into the list.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a list that is not up to date must not make it ask on and on
  useEffect(() => {
    if (listed && (state.closed === 'access-removed' || state.closed === 'not-found')) live.retry()
  }, [listed, live])
  const home = (
    <Button asChild>
      <Link to={`/w/${workspaceId}`}>{t('state.home')}</Link>
    </Button>
  )
  const again = <Button onClick={() => live.retry()}>{t('state.retry')}</Button>
  const heading = document === undefined ? 'h1' : 'h2'
  const closed = returning ? null : state.closed
  switch (closed) {
    case 'access-removed':
    case 'not-found':
      return (
        <NoAccess
          workspaceId={workspaceId}
          documentId={session.documentId}
          closed={closed}
          heading={heading}
          home={home}
        />
      )
    case 'document-set-aside':
      return (
        <EmptyState heading={heading} icon={FileX2} title={t('state.damaged')} text={t('state.damagedText')}>
          {again}
          {home}
        </EmptyState>
      )
    default:
  }
  if (notOnDevice) {
    return (
      <EmptyState heading={heading} icon={CloudOff} title={t('state.notHere')} text={t('state.notHereText')}>
        {again}
        {home}
      </EmptyState>
    )
  }
  if (!state.loaded || !state.readable) return <TextSkeleton />
  const readOnly = !state.mayWrite || (document !== undefined && !mayWriteIn(document))
  return (
    <Suspense fallback={<TextSkeleton />}>
      <DocumentEditor
        session={session}
        workspaceId={workspaceId}
        documentId={session.documentId}
        readOnly={readOnly}
        readers={readers}
        documents={documents}
      />
      <FollowBorder session={session} workspaceId={workspaceId} own={account.id} />
    </Suspense>
  )
}

function useComing(documentId: DocumentId): boolean {
  return useOutbox().some(
    ({ call, state, writes }) =>
      (call.name === 'documents.restore' || call.name === 'documents.duplicate') &&
      state === 'waiting' &&
      writes.includes(documentId),
  )
}

const TextSkeleton = () => (
  <Loading>
    <div className="mx-auto flex w-full max-w-reading flex-col gap-3.5 px-6 pt-10">
      <Skeleton className="mb-4 h-9 w-2/3" />
      {['w-full', 'w-11/12', 'w-5/6', 'w-3/5'].map((width) => (
        <Skeleton key={width} className={`h-4 ${width}`} />
      ))}
    </div>
  </Loading>
)
