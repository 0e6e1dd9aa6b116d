import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { InviteId, UserId, WorkspaceId } from '@weft/shared/kit'
import { type Member, type MemberRole, maySeeMembers, type Workspace } from '@weft/shared/workspaces'
import { useCallback } from 'react'
import { useSession } from '../auth/index.ts'
import { api, useSaying } from '../kit/index.ts'
import { useServerWords } from '../live/index.ts'

export const workspacesKey = ['workspaces'] as const
const membersKey = (id: WorkspaceId) => ['members', id] as const
const suspendedKey = (id: WorkspaceId) => ['suspended', id] as const
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

/** Who is out for a time. */
export function useSuspended(workspaceId: WorkspaceId) {
  const { data: workspace } = useWorkspace(workspaceId)
  return useQuery({
    queryKey: suspendedKey(workspaceId),
    queryFn: () => api.workspaces.suspended({ workspaceId }),
    enabled: workspace !== undefined && maySeeMembers(workspace.role),
  })
}

export const useInvites = (workspaceId: WorkspaceId, enabled: boolean) =>
  useQuery({ queryKey: invitesKey(workspaceId), queryFn: () => api.workspaces.invites({ workspaceId }), enabled })

/** Fetches again what the server says has changed in a workspace, of every room. */
export function useWorkspaceChanges(workspaceId: WorkspaceId): void {
  const client = useQueryClient()
  const { check } = useSession()
  useServerWords(
    workspaceId,
    useCallback(
      (topics) => {
        const keys = topics.flatMap((topic): (readonly string[])[] => {
          switch (topic) {
            case 'workspace':
              return [workspacesKey]
            case 'members':
              return [membersKey(workspaceId), suspendedKey(workspaceId), workspacesKey]
            case 'invites':
              return [invitesKey(workspaceId)]
            case 'documents':
              return [['documents', workspaceId], ['trash', workspaceId], ['access'], ['readers'], ['backlinks']]
            case 'account':
              void check()
              return []
            case 'links':
              return [['backlinks']]
            case 'embedding':
              return [['embedding', workspaceId]]
            case 'shared-links':
              return [['shared-links']]
            default:
              return []
          }
        })
        for (const queryKey of keys) void client.invalidateQueries({ queryKey })
      },
      [client, workspaceId, check],
    ),
  )
}

/** `onCreated` is called also where the page that asked is gone by then. */
export function useCreateWorkspace(onCreated?: () => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (name: string) => api.workspaces.create({ name }),
    onSuccess: (workspace) => {
      onCreated?.()
      client.setQueryData(workspacesKey, (before: (typeof workspace)[] = []) => [...before, workspace])
      return client.invalidateQueries({ queryKey: workspacesKey })
    },
  })
}

/** Another picture in base64, or none. */
export function useSetWorkspacePicture(workspaceId: WorkspaceId) {
  const client = useQueryClient()
  return async (data: string | null): Promise<void> => {
    await (data === null
      ? api.workspaces.clearPicture({ workspaceId })
      : api.workspaces.setPicture({ workspaceId, data }))
    await client.invalidateQueries({ queryKey: workspacesKey })
  }
}

/** Whether links may let anyone in, as far as one has said so oneself, and how to say it. */
export function usePublicLinks({ id: workspaceId, publicLinks }: Workspace) {
  const { said, say } = useSaying<boolean, Workspace[], Workspace>({
    scope: `public-links-${workspaceId}`,
    queryKey: workspacesKey,
    send: (allowed) => api.workspaces.setPublicLinks({ workspaceId, allowed }),
    kept: (answer, before) =>
      before?.map((one) => (one.id === workspaceId ? { ...one, publicLinks: answer.publicLinks } : one)),
  })
  return { allowed: said.at(-1) ?? publicLinks, setAllowed: say }
}

export function useRenameWorkspace(workspaceId: WorkspaceId) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (name: string) => api.workspaces.rename({ workspaceId, name }),
    onSuccess: () => client.invalidateQueries({ queryKey: workspacesKey }),
  })
}

type GrantedRole = Exclude<MemberRole, 'owner'>

/** What role a member has, as far as one has said so oneself, and how to say it. */
export function useSetRole(workspaceId: WorkspaceId, userId: UserId) {
  const { said, say } = useSaying<GrantedRole, Member[], GrantedRole>({
    scope: `role-${userId}`,
    queryKey: membersKey(workspaceId),
    async send(role) {
      await api.workspaces.setRole({ workspaceId, userId, role })
      return role
    },
    kept: (role, before) => before?.map((member) => (member.id === userId ? { ...member, role } : member)),
  })
  return { role: said.at(-1), setRole: say }
}

/** A command about one person, after which the lists of people are asked for again. */
function usePersonCommand(workspaceId: WorkspaceId, command: (userId: UserId) => Promise<unknown>) {
  const client = useQueryClient()
  const keys = [membersKey(workspaceId), suspendedKey(workspaceId), workspacesKey]
  return useMutation({
    mutationFn: command,
    onSettled: () => Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey }))),
  })
}

/** Removes a member; oneself: leaves. */
export const useRemoveMember = (workspaceId: WorkspaceId) =>
  usePersonCommand(workspaceId, (userId) => api.workspaces.removeMember({ workspaceId, userId }))
export const useSuspend = (workspaceId: WorkspaceId) =>
  usePersonCommand(workspaceId, (userId) => api.workspaces.suspendMember({ workspaceId, userId }))
export const useReinstate = (workspaceId: WorkspaceId) =>
  usePersonCommand(workspaceId, (userId) => api.workspaces.reinstateMember({ workspaceId, userId }))
export const useHandOver = (workspaceId: WorkspaceId) =>
  usePersonCommand(workspaceId, (userId) => api.workspaces.handOver({ workspaceId, userId }))

export function useCreateInvite(workspaceId: WorkspaceId) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (invite: {
      role: Exclude<MemberRole, 'owner'>
      expiresInHours: number
      maxUses: number | null
      email?: string
    }) => api.workspaces.invite({ workspaceId, ...invite }),
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
