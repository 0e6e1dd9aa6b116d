import type { EventType, WeftEvent } from '../events/index.ts'
import type { ActivityDetail, ActivityEntry } from './schema.ts'

/** Facts that are for those who look after things, or for machines. */
const hidden: ReadonlySet<EventType> = new Set([
  'invite.created',
  'invite.withdrawn',
  'document.set-aside',
  // Nobody's business but theirs who can share it, and perhaps of nothing.
  'document.access-asked',
  'document.icon-changed',
  'document.template-changed',
  // Nobody can say any more who might have known of it.
  'document.purged',
  // A picture is a part of the editing spell in which it came.
  'document.file-added',
  'workspace.filling',
  'embed.key-created',
  'embed.key-revoked',
  'embed.origins-changed',
  'workspace.picture-changed',
  'workspace.public-links-changed',
])

/** Of the lines that there are today; another version may know more. */
export const activityTypes = [
  'workspace.created',
  'workspace.renamed',
  'member.joined',
  'member.role-changed',
  'member.removed',
  'member.suspended',
  'member.reinstated',
  'document.created',
  'document.edited',
  'document.mentioned',
  'document.moved',
  'document.renamed',
  'document.removed',
  'document.restored',
  'document.archived',
  'document.unarchived',
  'document.access-changed',
  'document.restriction-changed',
  'document.link-made',
  'document.link-changed',
  'document.link-ended',
] as const satisfies readonly EventType[]

/** The line that an event makes in the history; null: none. A new fact with a `documentId` needs nothing here. */
export function activityOf({ seq, at, actorId, fact }: WeftEvent): ActivityEntry | null {
  if (hidden.has(fact.type)) return null
  // Whoever makes a workspace is its owner: one line says it.
  if (fact.type === 'member.joined' && fact.role === 'owner') return null
  return {
    seq,
    at: fact.type === 'document.edited' ? fact.to : at,
    type: fact.type,
    actorId,
    // Of a whole tree its uppermost is named: what lies below may not be for everybody.
    documentId: 'documentId' in fact ? fact.documentId : 'documentIds' in fact ? (fact.documentIds[0] ?? null) : null,
    subjectId: 'userId' in fact ? fact.userId : null,
    detail: detailOf(fact),
  }
}

function detailOf(fact: WeftEvent['fact']): ActivityDetail {
  switch (fact.type) {
    case 'document.edited':
      return { from: fact.from, edits: fact.edits, added: fact.added, removed: fact.removed }
    case 'document.access-changed':
    case 'member.joined':
    case 'member.reinstated':
      return { role: fact.role }
    case 'member.role-changed':
      return { role: fact.to }
    case 'document.restriction-changed':
      return { restricted: fact.restricted }
    case 'document.link-made':
    case 'document.link-changed':
      return { reach: fact.reach }
    default:
      return {}
  }
}
