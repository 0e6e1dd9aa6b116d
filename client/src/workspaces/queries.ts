import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { InviteId, UserId, WorkspaceId } from '@weft/shared/kit'
import { type MemberRole, maySeeMembers } from '@weft/shared/workspaces'
import { useCallback } from 'react'
import { api } from '../kit/index.ts'
import { useServerWords } from '../live/index.ts'

export const workspacesKey = ['workspaces'] as const
const membersKey = (id: WorkspaceId) => ['members', id] as const
const invitesKey = (id: WorkspaceId) => ['invites', id] as const

export const useWorkspaces = () => useQuery({ queryKey: workspacesKey, queryFn: () => api.workspaces.list() })

/** One of one's workspaces; undefined while it loads and where one does not belong. */
export function useWorkspace(workspaceId: WorkspaceId) {
  const { data, ...query } = useWorkspaces()
  return { ...query, data: data?.find(({ id }) => id === workspaceId) }
}

/** Guests do not see who else belongs: for them this stays undefined. */
export function useMembers(workspaceId: WorkspaceId) {
  const { data: workspace } = useWorkspace(workspaceId)
  return useQuery({
    queryKey: membersKey(workspaceId),
    queryFn: () => api.workspaces.members({ workspaceId }),
    enabled: workspace !== undefined && maySeeMembers(workspace.role),
  })
}

export const useInvites = (workspaceId: WorkspaceId, enabled: boolean) =>
  useQuery({ queryKey: invitesKey(workspaceId), queryFn: () => api.workspaces.invites({ workspaceId }), enabled })

/** Fetches again what the server says has changed in a workspace, of every room. */
export function useWorkspaceChanges(workspaceId: WorkspaceId): void {
  const client = useQueryClient()
  useServerWords(
    workspaceId,
    useCallback(
      (topics) => {
        const keys = topics.flatMap((topic): (readonly string[])[] => {
          switch (topic) {
            case 'workspace':
              return [workspacesKey]
            case 'members':
              return [membersKey(workspaceId), workspacesKey]
            case 'invites':
              return [invitesKey(workspaceId)]
            case 'documents':
              return [['documents', workspaceId], ['trash', workspaceId], ['access'], ['readers'], ['backlinks']]
            case 'links':
              return [['backlinks']]
            default:
              return []
          }
        })
        for (const queryKey of keys) void client.invalidateQueries({ queryKey })
      },
      [client, workspaceId],
    ),
  )
}

export function useCreateWorkspace() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (name: string) => api.workspaces.create({ name }),
    onSuccess: (workspace) => {
      client.setQueryData(workspacesKey, (before: (typeof workspace)[] = []) => [...before, workspace])
      return client.invalidateQueries({ queryKey: workspacesKey })
    },
  })
}

export function useRenameWorkspace(workspaceId: WorkspaceId) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (name: string) => api.workspaces.rename({ workspaceId, name }),
    onSuccess: () => client.invalidateQueries({ queryKey: workspacesKey }),
  })
}

export function useSetRole(workspaceId: WorkspaceId) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ userId, role }: { userId: UserId; role: Exclude<MemberRole, 'owner'> }) =>
      api.workspaces.setRole({ workspaceId, userId, role }),
    onSettled: () => client.invalidateQueries({ queryKey: membersKey(workspaceId) }),
  })
}

/** Removes a member; oneself: leaves. */
export function useRemoveMember(workspaceId: WorkspaceId) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (userId: UserId) => api.workspaces.removeMember({ workspaceId, userId }),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: membersKey(workspaceId) }),
        client.invalidateQueries({ queryKey: workspacesKey }),
      ]),
  })
}

export function useCreateInvite(workspaceId: WorkspaceId) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (invite: { role: Exclude<MemberRole, 'owner'>; expiresInHours: number; maxUses: number | null }) =>
      api.workspaces.invite({ workspaceId, ...invite }),
    onSuccess: () => client.invalidateQueries({ queryKey: invitesKey(workspaceId) }),
  })
}

export function useWithdrawInvite(workspaceId: WorkspaceId) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (inviteId: InviteId) => api.workspaces.withdrawInvite({ workspaceId, inviteId }),
    onSettled: () => client.invalidateQueries({ queryKey: invitesKey(workspaceId) }),
  })
}
