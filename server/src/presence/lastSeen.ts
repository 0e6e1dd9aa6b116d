import type { UserId, WorkspaceId } from '@weft/shared/kit'
import type { LastSeen } from '@weft/shared/presence'
import { maySeeMembers } from '@weft/shared/workspaces'
import type { Clock } from '../kit/clock.ts'
import type { Log } from '../kit/logger.ts'
import type { Storage, Writer } from '../storage/index.ts'
import { requireRole } from '../workspaces/index.ts'

/** Those who are here are written this often; the moment of leaving is written at once. Milliseconds. */
const renewal = 60_000

export interface PresenceDependencies {
  storage: Storage
  clock: Clock
  log: Log
}

export type Presence = ReturnType<typeof createPresence>

/** Who was when last here, kept in the database so that it outlives the process. */
export function createPresence({ storage, clock, log }: PresenceDependencies) {
  /** Who is here now, by workspace. */
  const here = new Map<WorkspaceId, Set<UserId>>()
  let writing: Promise<void> = Promise.resolve()

  async function write(tx: Writer, workspaceId: WorkspaceId, userIds: Iterable<UserId>, at: number): Promise<void> {
    for (const userId of userIds) {
      // Whoever was removed a moment ago leaves no trace.
      await tx
        .insertInto('last_seen')
        .columns(['workspace_id', 'user_id', 'at'])
        .expression((eb) =>
          eb
            .selectFrom('members')
            .where('workspace_id', '=', workspaceId)
            .where('user_id', '=', userId)
            .select(({ val }) => ['workspace_id', 'user_id', val(at).as('at')]),
        )
        .onConflict((conflict) => conflict.columns(['workspace_id', 'user_id']).doUpdateSet({ at }))
        .execute()
    }
  }

  /** Queued behind one another; one that fails is only late. */
  const enqueue = (work: (tx: Writer) => Promise<void>): void => {
    writing = writing
      .then(() => storage.transaction(work))
      .catch((error: unknown) => log.warn({ err: error }, 'when people were last here could not be written'))
  }

  const renew = (): void => {
    const at = clock.now()
    for (const [workspaceId, userIds] of here) enqueue((tx) => write(tx, workspaceId, userIds, at))
  }
  const timer = setInterval(renew, renewal)
  timer.unref()

  return {
    /** The first page of a person joined a workspace's presence, or the last one left. */
    seen(userId: UserId, workspaceId: WorkspaceId, isHere: boolean): void {
      const people = here.get(workspaceId) ?? new Set()
      if (isHere) here.set(workspaceId, people.add(userId))
      else if (people.delete(userId) && people.size === 0) here.delete(workspaceId)
      const at = clock.now()
      enqueue((tx) => write(tx, workspaceId, [userId], at))
    },

    async lastSeen(by: UserId, workspaceId: WorkspaceId): Promise<LastSeen[]> {
      await requireRole(storage.read, by, workspaceId, maySeeMembers)
      return storage.read
        .selectFrom('last_seen')
        .where('workspace_id', '=', workspaceId)
        .select(['user_id as userId', 'at'])
        .orderBy('user_id')
        .execute()
    },

    async forgetMember(tx: Writer, userId: UserId, workspaceId: WorkspaceId): Promise<void> {
      await tx.deleteFrom('last_seen').where('user_id', '=', userId).where('workspace_id', '=', workspaceId).execute()
    },

    /** Writes who is here once more and resolves when it is written. */
    async stop(): Promise<void> {
      clearInterval(timer)
      renew()
      await writing
    },
  }
}
