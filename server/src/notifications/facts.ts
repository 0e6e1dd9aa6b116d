import { mayManage } from '@weft/shared/documents'
import type { FactOf, WeftEvent } from '@weft/shared/events'
import { installationScope } from '@weft/shared/events'
import type { DocumentId, UserId, WorkspaceId } from '@weft/shared/kit'
import type { NotificationDetail, NotificationKind } from '@weft/shared/notifications'
import type { NotificationsDependencies } from './dependencies.ts'
import type { Notice, Recipient, Told } from './notice.ts'

/** From here a workspace is full for some: writing may be refused. In percent. */
const full = 100

const nothing: readonly Told[] = []

/**
 * Who should hear of an event, and why: nobody of their own act, and nobody of what they may not see [NOTIFY-3]. A room
 * that is to come adds its facts here.
 */
export function createFacts({ storage, documents, memberRole }: NotificationsDependencies) {
  const about = (
    event: WeftEvent,
    kind: NotificationKind,
    place: { documentId?: DocumentId; workspaceId?: WorkspaceId | null },
    detail: NotificationDetail = {},
  ): Notice => {
    const workspaceId = event.scope === installationScope ? null : event.scope
    const { documentId = null, workspaceId: said = workspaceId } = place
    return {
      factKey: `${event.scope}/${event.seq}`,
      groupKey: `${kind}/${documentId ?? said ?? event.scope}`,
      kind,
      level: 'info',
      workspaceId: said,
      documentId,
      actorId: event.actorId,
      detail,
      at: event.at,
    }
  }

  async function watchersOf(documentId: DocumentId): Promise<Recipient[]> {
    const watching = await storage.read
      .selectFrom('watches')
      .where('document_id', '=', documentId)
      .where('state', '=', 'watching')
      .select(['user_id as userId', 'reason'])
      .execute()
    if (watching.length === 0) return []
    const viewers = new Set((await documents.viewersOf(documentId)).map(({ userId }) => userId))
    return watching.filter(({ userId }) => viewers.has(userId))
  }

  const mayView = async (userId: UserId, documentId: DocumentId): Promise<boolean> =>
    (await documents.roleOf(userId, documentId)) !== null

  async function invitation(event: WeftEvent, fact: FactOf<'member.joined'>): Promise<readonly Told[]> {
    if (fact.inviteId === undefined || event.scope === installationScope) return nothing
    const invite = await storage.read
      .selectFrom('invites')
      .where('id', '=', fact.inviteId)
      .select('created_by as userId')
      .executeTakeFirst()
    if (invite === undefined || (await memberRole(invite.userId, event.scope)) === null) return nothing
    const notice = about(event, 'invitation', {}, { role: fact.role })
    return [{ notice: { ...notice, level: 'success' }, recipients: [{ ...invite, reason: 'invited-them' }] }]
  }

  /** Who is out of a workspace may not see it any more: they are told its name, as they knew it, and no way to it. */
  async function departure(
    event: WeftEvent,
    { type, userId }: FactOf<'member.removed'> | FactOf<'member.suspended'>,
  ): Promise<readonly Told[]> {
    if (event.scope === installationScope) return nothing
    const workspace = await storage.read
      .selectFrom('workspaces')
      .where('id', '=', event.scope)
      .select('name')
      .executeTakeFirst()
    const detail = {
      workspaceName: workspace?.name ?? '',
      ...(type === 'member.suspended' ? { suspended: true } : {}),
    }
    const notice = about(event, 'membership', { workspaceId: null }, detail)
    return [{ notice: { ...notice, level: 'warning' }, recipients: [{ userId, reason: 'your-membership' }] }]
  }

  async function filling(event: WeftEvent, { percent }: FactOf<'workspace.filling'>): Promise<readonly Told[]> {
    if (event.scope === installationScope) return nothing
    const admins = await storage.read
      .selectFrom('members')
      .where('workspace_id', '=', event.scope)
      .where('role', 'in', ['owner', 'admin'])
      .select('user_id as userId')
      .execute()
    const notice = about(event, 'quota', {}, { percent })
    return [
      {
        notice: { ...notice, level: percent >= full ? 'error' : 'warning' },
        recipients: admins.map(({ userId }) => ({ userId, reason: 'you-administer' })),
      },
    ]
  }

  /** [ACCESS-3] Anybody may ask for anything; who can share it hears of it, if it is there and the one who asks may not see it. */
  async function asked(event: WeftEvent, { documentId }: FactOf<'document.access-asked'>): Promise<readonly Told[]> {
    const { actorId } = event
    if (actorId === null || (await documents.workspaceOf(documentId)) !== event.scope) return nothing
    if (await mayView(actorId, documentId)) return nothing
    const managers = (await documents.viewersOf(documentId)).filter(({ role }) => mayManage(role))
    const recipients = managers.map(({ userId }) => ({ userId, reason: 'you-manage' as const }))
    return [{ notice: about(event, 'access-request', { documentId }), recipients }]
  }

  async function found(event: WeftEvent): Promise<readonly Told[]> {
    const { fact } = event
    switch (fact.type) {
      case 'document.mentioned': {
        const { documentId, userId, mentionId } = fact
        if (!(await mayView(userId, documentId))) return nothing
        const notice = { ...about(event, 'mention', { documentId }, { mentionId }), factKey: `mention/${mentionId}` }
        return [{ notice, recipients: [{ userId, reason: 'mentioned' }] }]
      }
      case 'document.edited': {
        const { documentId, added, removed, to } = fact
        const notice = { ...about(event, 'edit', { documentId }, { added, removed }), at: to }
        return [{ notice, recipients: await watchersOf(documentId) }]
      }
      case 'document.access-changed': {
        const { documentId, userId, role } = fact
        if (role === null || !(await mayView(userId, documentId))) return nothing
        const notice = about(event, 'share', { documentId }, { role })
        return [{ notice, recipients: [{ userId, reason: 'shared-with-you' }] }]
      }
      case 'document.access-asked':
        return asked(event, fact)
      case 'member.joined':
        return invitation(event, fact)
      case 'member.role-changed': {
        if (event.scope === installationScope || (await memberRole(fact.userId, event.scope)) === null) return nothing
        const notice = about(event, 'membership', {}, { role: fact.to })
        return [{ notice, recipients: [{ userId: fact.userId, reason: 'your-membership' }] }]
      }
      case 'member.reinstated': {
        if (event.scope === installationScope || (await memberRole(fact.userId, event.scope)) === null) return nothing
        const notice = about(event, 'membership', {}, { role: fact.role })
        return [{ notice, recipients: [{ userId: fact.userId, reason: 'your-membership' }] }]
      }
      case 'member.removed':
      case 'member.suspended':
        return departure(event, fact)
      case 'workspace.filling':
        return filling(event, fact)
      case 'account.warned': {
        const notice = about(event, 'security', {}, { warning: fact.warning })
        return [
          {
            notice: { ...notice, level: 'warning', groupKey: `security/${fact.warning}` },
            recipients: [{ userId: fact.userId, reason: 'your-account' }],
          },
        ]
      }
      default:
        return nothing
    }
  }

  return {
    async toldOf(event: WeftEvent): Promise<Told[]> {
      return (await found(event)).map(({ notice, recipients }) => ({
        notice,
        recipients: recipients.filter(({ userId }) => userId !== event.actorId),
      }))
    },
  }
}
