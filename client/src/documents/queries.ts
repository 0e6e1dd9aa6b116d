import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Document, DocumentRole } from '@weft/shared/documents'
import type { DocumentId, UserId, WorkspaceId } from '@weft/shared/kit'
import { api } from '../kit/index.ts'
import { type Place, withDescendants } from './tree.ts'

export const documentsKey = (workspaceId: WorkspaceId) => ['documents', workspaceId] as const
const accessKey = (documentId: DocumentId) => ['access', documentId] as const

export const useDocuments = (workspaceId: WorkspaceId) =>
  useQuery({ queryKey: documentsKey(workspaceId), queryFn: () => api.documents.list({ workspaceId }) })

const trashKey = (workspaceId: WorkspaceId) => ['trash', workspaceId] as const

/** What was put into the trash and one may bring back. */
export const useTrash = (workspaceId: WorkspaceId) =>
  useQuery({ queryKey: trashKey(workspaceId), queryFn: () => api.documents.trash({ workspaceId }) })

/** Changes the list as it is shown; whatever the server says later replaces it. */
export const changeList = (
  client: QueryClient,
  workspaceId: WorkspaceId,
  change: (documents: Document[]) => Document[],
): void => {
  client.setQueryData<Document[]>(documentsKey(workspaceId), (before) => change(before ?? []))
}

/** Shows a change at once, takes it back when the server refuses, and looks again in the end. */
function useListChange<V>(
  workspaceId: WorkspaceId,
  call: (input: V) => Promise<unknown>,
  change: (documents: Document[], input: V) => Document[],
) {
  const client = useQueryClient()
  const queryKey = documentsKey(workspaceId)
  return useMutation({
    mutationFn: call,
    onMutate: async (input: V) => {
      await client.cancelQueries({ queryKey })
      const before = client.getQueryData<Document[]>(queryKey)
      changeList(client, workspaceId, (documents) => change(documents, input))
      return before
    },
    onError: (_error, _input, before) => client.setQueryData(queryKey, before),
    onSettled: () => client.invalidateQueries({ queryKey }),
  })
}

export const useRenameDocument = (workspaceId: WorkspaceId) =>
  useListChange(
    workspaceId,
    (input: { documentId: DocumentId; title: string }) => api.documents.rename(input),
    (documents, { documentId, title }) =>
      documents.map((document) => (document.id === documentId ? { ...document, title } : document)),
  )

/** Where it stands is the server's to say: the list shows it when that has answered. */
export function useMoveDocument(workspaceId: WorkspaceId) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ documentId, ...place }: Place & { documentId: DocumentId }) =>
      api.documents.move({ documentId, ...place }),
    onSettled: () => client.invalidateQueries({ queryKey: documentsKey(workspaceId) }),
  })
}

export const useRemoveDocument = (workspaceId: WorkspaceId) =>
  useListChange(
    workspaceId,
    (documentId: DocumentId) => api.documents.remove({ documentId }),
    (documents, documentId) => {
      const gone = withDescendants(documents, documentId)
      return documents.filter(({ id }) => !gone.has(id))
    },
  )

export function useRestoreDocument(workspaceId: WorkspaceId) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (documentId: DocumentId) => api.documents.restore({ documentId }),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: documentsKey(workspaceId) }),
        client.invalidateQueries({ queryKey: trashKey(workspaceId) }),
      ]),
  })
}

export const useAccess = (documentId: DocumentId, enabled: boolean) =>
  useQuery({ queryKey: accessKey(documentId), queryFn: () => api.documents.access({ documentId }), enabled })

/** Gives a person a role on a document; null: back to what the workspace gives. */
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
