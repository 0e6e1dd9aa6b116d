import { type UserId, WeftError, type WorkspaceId } from '@weft/shared/kit'
import type { MemberRole } from '@weft/shared/workspaces'
import type { Reader } from '../storage/port.ts'
import { readRole } from './store.ts'

export const noWorkspace = (): WeftError =>
  new WeftError('not-found', 'There is no such workspace, or you do not belong to it.')

export const notPermitted = (): WeftError =>
  new WeftError('not-permitted', 'Your role in this workspace does not allow that.')

export const notAMember = (): WeftError => new WeftError('not-found', 'This person does not belong to the workspace.')

/** The person's role, if it `may`; [ACCESS-3] strangers get the same answer as for a workspace that does not exist. */
export async function requireRole(
  db: Reader,
  userId: UserId,
  workspaceId: WorkspaceId,
  may: (role: MemberRole) => boolean = () => true,
): Promise<MemberRole> {
  const role = await readRole(db, userId, workspaceId)
  if (role === null) throw noWorkspace()
  if (!may(role)) throw notPermitted()
  return role
}
