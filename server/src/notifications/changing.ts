import type { UserId } from '@weft/shared/kit'
import type { Writer } from '../storage/port.ts'
import type { WindowHandle } from '../sync/index.ts'
import type { NotificationsDependencies } from './dependencies.ts'
import { countUnread, readHead, showChanges } from './inbox.ts'

/** Changes the rows of one inbox: `work` writes them with the sequence that it gets, and says how many. */
export type ChangeInbox = (tx: Writer, userId: UserId, work: (seq: number) => Promise<number>) => Promise<number>

export function createChangeInbox(
  { storage }: Pick<NotificationsDependencies, 'storage'>,
  handle: WindowHandle,
): ChangeInbox {
  return async (tx, userId, work) => {
    const { seq } = await readHead(tx, userId)
    const changed = await work(seq + 1)
    if (changed === 0) return seq
    await tx
      .updateTable('inboxes')
      .set({ seq: seq + 1 })
      .where('user_id', '=', userId)
      .execute()
    await countUnread(tx, userId)
    await showChanges(storage, handle, tx, userId)
    return seq + 1
  }
}
