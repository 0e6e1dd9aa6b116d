import { type EventType, installationScope } from '@weft/shared/events'
import type { UserId, WorkspaceId } from '@weft/shared/kit'
import type { ServerWord } from '@weft/shared/sync'
import type { EventLog } from '../events/index.ts'

type Topic = Extract<ServerWord, { type: 'changed' }>['topics'][number]

/** Which queries show what a fact changed; of the others no word is said. */
const topics: Partial<Record<EventType, Topic[]>> = {
  'workspace.created': ['workspace'],
  'workspace.renamed': ['workspace'],
  'workspace.picture-changed': ['workspace'],
  'workspace.public-links-changed': ['workspace'],
  // An invitation counts its uses.
  'member.joined': ['members', 'invites'],
  // Another role is another name in the list, and other rights on each document.
  'member.role-changed': ['members', 'workspace', 'documents'],
  'member.removed': ['members', 'workspace'],
  'member.suspended': ['members', 'workspace'],
  'member.reinstated': ['members', 'workspace'],
  'invite.created': ['invites'],
  'invite.withdrawn': ['invites'],
  'document.created': ['documents'],
  'document.moved': ['documents'],
  'document.renamed': ['documents'],
  'document.removed': ['documents'],
  'document.restored': ['documents'],
  'document.purged': ['documents'],
  'document.archived': ['documents'],
  'document.unarchived': ['documents'],
  'document.icon-changed': ['documents'],
  'document.template-changed': ['documents'],
  'document.access-changed': ['documents'],
  'document.restriction-changed': ['documents'],
  'document.set-aside': ['documents'],
  'document.file-added': ['files'],
  'embed.key-created': ['embedding'],
  'embed.key-revoked': ['embedding'],
  'embed.origins-changed': ['embedding'],
  'document.link-made': ['shared-links'],
  'document.link-changed': ['shared-links'],
  'document.link-ended': ['shared-links'],
}

/** Tells open pages that what they show has changed, without saying what [ACCESS-5]. */
export function announceChanges(
  events: Pick<EventLog, 'consume'>,
  announce: (workspaceId: WorkspaceId, word: ServerWord) => void,
  tellPerson: (workspaceId: WorkspaceId, userId: UserId, word: ServerWord) => void,
  workspacesOf: (userId: UserId) => Promise<{ id: WorkspaceId; head: number }[]>,
): void {
  events.consume(
    'announce',
    async ({ scope, seq, fact }) => {
      // A person's name stands in the lists of all workspaces that they belong to.
      if (fact.type === 'account.changed')
        for (const { id, head } of await workspacesOf(fact.userId))
          announce(id, { type: 'changed', topics: ['members'], seq: head })
      // Only they themselves read it, wherever they have a page open.
      if (fact.type === 'account.settings-changed')
        for (const { id, head } of await workspacesOf(fact.userId))
          tellPerson(id, fact.userId, { type: 'changed', topics: ['account'], seq: head })
      const changed = topics[fact.type]
      if (scope !== installationScope && changed !== undefined)
        announce(scope, { type: 'changed', topics: changed, seq })
    },
    { from: 'now' },
  )
}
