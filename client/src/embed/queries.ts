import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { AllowedOrigin, ApiKey, OutsideRole } from '@weft/shared/embed'
import { type ApiKeyId, type DocumentId, OriginId, randomId, type WorkspaceId } from '@weft/shared/kit'
import { useSaying } from '../kit/index.ts'
import { embedApi } from './api.ts'

const keysKey = (id: WorkspaceId) => ['embedding', id, 'keys'] as const
const originsKey = (id: WorkspaceId) => ['embedding', id, 'origins'] as const

export const useKeys = (workspaceId: WorkspaceId) =>
  useQuery({ queryKey: keysKey(workspaceId), queryFn: () => embedApi.keys({ workspaceId }) })

export interface NewKey {
  name: string
  role: OutsideRole
  documentId: DocumentId | null
  expiresInDays: number
}

export function useCreateKey(workspaceId: WorkspaceId) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (key: NewKey) => embedApi.createKey({ workspaceId, ...key }),
    onSuccess: () => client.invalidateQueries({ queryKey: keysKey(workspaceId) }),
  })
}

/** Which keys one has revoked oneself and is not answered about, and how to revoke one. */
export function useRevokeKey(workspaceId: WorkspaceId) {
  const { said, say } = useSaying<ApiKeyId, ApiKey[], ApiKeyId>({
    scope: `keys-${workspaceId}`,
    queryKey: keysKey(workspaceId),
    async send(keyId) {
      await embedApi.revokeKey({ workspaceId, keyId })
      return keyId
    },
    kept: (keyId, before) => before?.filter(({ id }) => id !== keyId),
  })
  return { revoked: said, revoke: say }
}

type OriginChange = { add: string } | { remove: OriginId }
type OriginAnswer = { added: AllowedOrigin } | { removed: OriginId }

/** The places that are allowed, with what one has just said of them, and how to say it. */
export function useOrigins(workspaceId: WorkspaceId) {
  const queryKey = originsKey(workspaceId)
  const query = useQuery({ queryKey, queryFn: () => embedApi.origins({ workspaceId }) })
  const { said, say } = useSaying<OriginChange, AllowedOrigin[], OriginAnswer>({
    scope: `origins-${workspaceId}`,
    queryKey,
    async send(change) {
      if ('add' in change) return { added: await embedApi.addOrigin({ workspaceId, origin: change.add }) }
      await embedApi.removeOrigin({ workspaceId, originId: change.remove })
      return { removed: change.remove }
    },
    kept: (answer, before = []) =>
      'removed' in answer
        ? before.filter(({ id }) => id !== answer.removed)
        : [...before.filter(({ id }) => id !== answer.added.id), answer.added],
  })
  return { ...query, data: query.data && shown(query.data, said), say }
}

function shown(kept: readonly AllowedOrigin[], said: readonly OriginChange[]): AllowedOrigin[] {
  let origins = [...kept]
  for (const change of said) {
    if ('remove' in change) origins = origins.filter(({ id }) => id !== change.remove)
    else if (!origins.some(({ origin }) => origin === change.add))
      origins.push({ id: OriginId.parse(randomId()), origin: change.add })
  }
  return origins.sort((a, b) => (a.origin < b.origin ? -1 : 1))
}
