import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { AccessGrant, AccessRequest, Document, DocumentRole, RemovedDocument } from '@weft/shared/documents'
import type { DocumentId, UserId, WorkspaceId } from '@weft/shared/kit'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { api, toastProblem, useSaying } from '../kit/index.ts'
import { type Live, useLive, useOutbox } from '../live/index.ts'
import { type Lists, withCommands } from './overlay.ts'

export const documentsKey = (workspaceId: WorkspaceId) => ['documents', workspaceId] as const
export const trashKey = (workspaceId: WorkspaceId) => ['trash', workspaceId] as const
const accessKey = (documentId: DocumentId) => ['access', documentId] as const

const useTreeQuery = (workspaceId: WorkspaceId) =>
  useQuery({ queryKey: documentsKey(workspaceId), queryFn: () => api.documents.list({ workspaceId }) })

const useTrashQuery = (workspaceId: WorkspaceId, enabled: boolean) =>
  useQuery({ queryKey: trashKey(workspaceId), queryFn: () => api.documents.trash({ workspaceId }), enabled })

function useLists(workspaceId: WorkspaceId, documents: Document[] | undefined, trash: RemovedDocument[] | undefined) {
  const { userId } = useLive()
  const rows = useOutbox()
  return useMemo(
    () => withCommands({ documents: documents ?? [], trash: trash ?? [] }, rows, { workspaceId, userId }),
    [documents, trash, rows, workspaceId, userId],
  )
}

/** The documents of the tree that one may view, with what this device has done to them since. */
export function useDocuments(workspaceId: WorkspaceId) {
  const { data, ...query } = useAllDocuments(workspaceId)
  const inTree = useMemo(() => data?.filter(({ archivedAt }) => archivedAt === null), [data])
  return { ...query, data: inTree }
}

/** The same with those that are archived. */
export function useAllDocuments(workspaceId: WorkspaceId) {
  const { data, isError, error, refetch } = useTreeQuery(workspaceId)
  const { data: trash } = useTrashQuery(workspaceId, false)
  const { documents } = useLists(workspaceId, data, trash)
  // Never seen, and without a connection: what was made here is there all the same.
  return { data: data === undefined && documents.length === 0 ? undefined : documents, isError, error, refetch }
}

/** What was put into the trash and one may bring back. */
export function useTrash(workspaceId: WorkspaceId) {
  const { data, isError, error, refetch } = useTrashQuery(workspaceId, true)
  const { data: documents } = useTreeQuery(workspaceId)
  const { trash } = useLists(workspaceId, documents, data)
  return { data: data === undefined && trash.length === 0 ? undefined : trash, isError, error, refetch }
}

/** The lists as they are shown now. */
export function shownLists(client: QueryClient, live: Live, workspaceId: WorkspaceId): Lists {
  const documents = client.getQueryData<Document[]>(documentsKey(workspaceId)) ?? []
  const trash = client.getQueryData<RemovedDocument[]>(trashKey(workspaceId)) ?? []
  return withCommands({ documents, trash }, live.outbox.rows, { workspaceId, userId: live.userId })
}

/** Changes the list as it was last seen; whatever the server says later replaces it. */
export const changeList = (
  client: QueryClient,
  workspaceId: WorkspaceId,
  change: (documents: Document[]) => Document[],
): void => {
  client.setQueryData<Document[]>(documentsKey(workspaceId), (before) => change(before ?? []))
}

/** Who may open a document, and why. Guests may not ask. */
export const useDocumentPeople = (documentId: DocumentId, enabled: boolean) =>
  useQuery({ queryKey: accessKey(documentId), queryFn: () => api.documents.people({ documentId }), enabled })

const readersOf = async (documentId: DocumentId): Promise<AccessGrant[]> => {
  const { people, restricted, above } = await api.documents.people({ documentId })
  const forEverybody = !restricted && above === null
  // It is kept on the device for every document that one opens: whom the workspace's role lets in goes without saying.
  return people.flatMap(({ userId, role, origin }) =>
    forEverybody && origin.kind === 'workspace' ? [] : [{ userId, role }],
  )
}

/**
 * Who may see a document: everybody who belongs, with some more, or those who are listed. Asked for once as the document
 * opens, and kept up to date while watched; in between, others' changes of access cost nothing.
 */
export function useReadersOf(documentId: DocumentId, document: Document | undefined, enabled: boolean) {
  const client = useQueryClient()
  const query = useMemo(
    () => ({ queryKey: ['readers', documentId], queryFn: () => readersOf(documentId) }),
    [documentId],
  )
  const [watched, setWatched] = useState(false)
  const { data } = useQuery({ ...query, enabled: enabled && watched })
  useEffect(() => {
    if (enabled) void client.prefetchQuery(query)
  }, [client, query, enabled])
  const watch = useCallback(() => {
    setWatched(true)
    return () => setWatched(false)
  }, [])
  const forEverybody = document?.narrower === false
  return useMemo(() => ({ forEverybody, listed: data, watch }), [forEverybody, data, watch])
}

const requestsKey = (documentId: DocumentId) => ['access-requests', documentId] as const
interface Answer {
  userId: UserId
  /** Null: it is let be. */
  role: DocumentRole | null
}

/** Who asked to see a document and has had no answer, nor one that was given just now. */
export function useAccessRequests(documentId: DocumentId) {
  const client = useQueryClient()
  const queryKey = requestsKey(documentId)
  const { data } = useQuery({ queryKey, queryFn: () => api.documents.accessRequests({ documentId }) })
  const { said, say } = useSaying<Answer, AccessRequest[], Answer>({
    scope: `access-requests-${documentId}`,
    queryKey,
    async send(answer) {
      const { userId, role } = answer
      if (role === null) await api.documents.declineAccess({ documentId, userId })
      else await api.documents.setAccess({ documentId, userId, role })
      await client.invalidateQueries({ queryKey: accessKey(documentId) })
      return answer
    },
    kept: ({ userId }, before) => before?.filter((request) => request.userId !== userId),
  })
  const answered = new Set(said.map(({ userId }) => userId))
  return { requests: (data ?? []).filter(({ userId }) => !answered.has(userId)), answer: say }
}

/** Which documents lead to one. */
export const useBacklinks = (documentId: DocumentId) =>
  useQuery({ queryKey: ['backlinks', documentId], queryFn: () => api.documents.backlinks({ documentId }) })

/** Deletes for good; nothing that waits for a network, since nobody can take it back. */
export function usePurge({ id: documentId, workspaceId }: RemovedDocument) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => api.documents.purge({ documentId }),
    onError: toastProblem,
    onSettled: () => client.invalidateQueries({ queryKey: trashKey(workspaceId) }),
  })
}

/** What one does not manage stays. */
export function useEmptyTrash(workspaceId: WorkspaceId) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => api.documents.emptyTrash({ workspaceId }),
    onError: toastProblem,
    onSettled: () => client.invalidateQueries({ queryKey: trashKey(workspaceId) }),
  })
}

/** Gives a person a role on a document; null: takes back what was given there. */
export function useSetAccess(documentId: DocumentId) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ userId, role }: { userId: UserId; role: DocumentRole | null }) =>
      role === null
        ? api.documents.clearAccess({ documentId, userId })
        : api.documents.setAccess({ documentId, userId, role }),
    onSettled: () => client.invalidateQueries({ queryKey: accessKey(documentId) }),
  })
}

/** Lets only those in who are listed on a document, or again whoever may open what lies above it. */
export function useSetRestricted({ id: documentId, workspaceId }: Document) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (restricted: boolean) => api.documents.setRestricted({ documentId, restricted }),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: accessKey(documentId) }),
        client.invalidateQueries({ queryKey: documentsKey(workspaceId) }),
      ]),
  })
}
