import type { WorkspaceId } from '@weft/shared/kit'
import type { NotificationsDependencies } from './dependencies.ts'

/** In percent of the room that a workspace has; at the last one, what people write is refused. */
const steps = [80, 95, 100] as const
/** So far below a step, in percent, it counts as left: one that is folded a little is not told of again. */
const slack = 5

/** Tells a workspace's admins once for each step that it fills, until it has shrunk below it. */
export function createQuota({ storage, events, log, sync, workspaceBytes }: NotificationsDependencies) {
  const nameOf = (workspaceId: WorkspaceId): string => `filled/${workspaceId}`

  async function told(workspaceId: WorkspaceId): Promise<number> {
    const row = await storage.read
      .selectFrom('notification_keys')
      .where('name', '=', nameOf(workspaceId))
      .select('value')
      .executeTakeFirst()
    return Number(row?.value ?? 0)
  }

  async function look(workspaceId: WorkspaceId, bytes: number): Promise<void> {
    const percent = (bytes / workspaceBytes) * 100
    const before = await told(workspaceId)
    const reached = steps.findLast((step) => percent >= step) ?? 0
    const kept = steps.findLast((step) => percent >= step - slack && step <= before) ?? 0
    const now = Math.max(reached, kept)
    if (now === before) return
    await storage.transaction(async (tx) => {
      const value = String(now)
      await tx
        .insertInto('notification_keys')
        .values({ name: nameOf(workspaceId), value })
        .onConflict((row) => row.column('name').doUpdateSet({ value }))
        .execute()
      if (now > before) await events.append(tx, workspaceId, null, { type: 'workspace.filling', percent: now })
    })
  }

  let looking: Promise<void> = Promise.resolve()
  const end = sync.onWorkspaceCounted((workspaceId, bytes) => {
    looking = looking
      .then(() => look(workspaceId, bytes))
      .catch((error: unknown) => log.warn({ err: error, workspaceId }, 'how full a workspace is was not looked at'))
  })

  return {
    async stop(): Promise<void> {
      end()
      await looking
    },
  }
}
