import type { UserId, WorkspaceId } from '@weft/shared/kit'
import type { MemberRole } from '@weft/shared/workspaces'
import type { Writer } from '../storage/port.ts'
import type { WorkspacesDependencies } from './dependencies.ts'
import { insertMember, readCompany } from './store.ts'

/** So many people have all the colours among them, if anybody does. */
const mostCompany = 200

/** Makes somebody a member, in a colour of their own there while one is left. */
export async function join(
  { giveColor, clock }: Pick<WorkspacesDependencies, 'giveColor' | 'clock'>,
  tx: Writer,
  { workspaceId, userId, role }: { workspaceId: WorkspaceId; userId: UserId; role: MemberRole },
): Promise<void> {
  const company = await readCompany(tx, workspaceId, userId, mostCompany)
  await insertMember(tx, { workspaceId, userId, role, at: clock.now() })
  await giveColor(tx, userId, company)
}
