import { DocumentId, randomId, type UserId, type WorkspaceId } from '@weft/shared/kit'
import type { Database } from 'better-sqlite3'

export interface FullInboxes {
  people: readonly UserId[]
  /** In each. */
  notifications: number
  workspaceId: WorkspaceId
  /** Who made what they speak of. */
  owner: UserId
}

/** What the notifications of an inbox speak of, by turns. */
const documents = 200

/** Gives some people an inbox that was filled for weeks: mentions in the documents of their workspace, half of them read. */
export function fillInboxes(db: Database, { people, notifications, workspaceId, owner }: FullInboxes): void {
  const now = Date.now()
  const documentIds = Array.from({ length: documents }, () => DocumentId.parse(randomId()))
  const addDocument = db.prepare(
    `insert into documents (id, workspace_id, position, title, kind, created_by, created_at, updated_at)
      values (?, ?, 'a0', ?, 'rich', ?, 0, 0)`,
  )
  const addMember = db.prepare(
    "insert into members (workspace_id, user_id, role, joined_at) values (?, ?, 'member', 0)",
  )
  const addNotification = db.prepare(
    `insert into notifications (id, user_id, seq, kind, level, reason, group_key, workspace_id, document_id, actor_ids,
        count, detail, created_at, updated_at, read_at)
      values (?, ?, ?, 'mention', 'info', 'mentioned', ?, ?, ?, ?, 1, ?, ?, ?, ?)`,
  )
  const setHead = db.prepare(
    `insert into inboxes (user_id, seq, unread)
      select @userId, @seq, count(*) from notifications where user_id = @userId and unread = 1
      on conflict (user_id) do update set seq = excluded.seq, unread = excluded.unread`,
  )
  db.transaction(() => {
    for (const [n, id] of documentIds.entries()) addDocument.run(id, workspaceId, `Document ${n}`, owner)
  })()
  for (const userId of people) {
    db.transaction(() => {
      addMember.run(workspaceId, userId)
      for (let n = 0; n < notifications; n++) {
        const documentId = documentIds[n % documents]
        const at = now - (notifications - n) * 60_000
        const detail = JSON.stringify({ mentionId: randomId() })
        const place = [`mention/${documentId}/${n}`, workspaceId, documentId, JSON.stringify([owner]), detail]
        addNotification.run(randomId(), userId, n + 1, ...place, at, at, n % 2 === 0 ? at : null)
      }
      setHead.run({ userId, seq: notifications })
    })()
  }
}
