import type { UserId } from '@weft/shared/kit'
import type { Writer } from '../storage/port.ts'
import type { WindowHandle } from '../sync/index.ts'
import type { NotificationsDependencies } from './dependencies.ts'
import { raiseHeads, readHead, showRows } from './inbox.ts'
import type { NotificationRow } from './rows.ts'

/** Changes the rows of one inbox: `work` writes them with the sequence that it gets, and says what they are now. */
export type ChangeInbox = (
  tx: Writer,
  userId: UserId,
  work: (seq: number) => Promise<NotificationRow[]>,
) => Promise<number>

export function createChangeInbox(
  { storage }: Pick<NotificationsDependencies, 'storage'>,
  handle: WindowHandle,
): ChangeInbox {
  return async (tx, userId, work) => {
    const { seq } = await readHead(tx, userId)
    const changed = await work(seq + 1)
    if (changed.length === 0) return seq
    const heads = storage.withCommit(tx, raiseHeads(tx, [userId]))
    storage.afterCommit(tx, () => showRows(handle, heads(), changed))
    return seq + 1
  }
}
