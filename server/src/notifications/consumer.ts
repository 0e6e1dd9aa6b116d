import { installationScope, type WeftEvent } from '@weft/shared/events'
import type { DocumentId, UserId } from '@weft/shared/kit'
import type { WindowHandle } from '../sync/index.ts'
import type { ChangeInbox } from './changing.ts'
import type { NotificationsDependencies } from './dependencies.ts'
import { createFacts } from './facts.ts'
import type { Telling } from './telling.ts'
import type { Visibility } from './visibility.ts'
import type { Watches } from './watches.ts'

export interface ConsumerParts {
  handle: WindowHandle
  change: ChangeInbox
  visibility: Visibility
  telling: Telling
  watches: Watches
  /** Removes what was told of documents that are gone for good. */
  forgetDocuments(documentIds: readonly DocumentId[]): Promise<void>
}

/** Where somebody may see more or less than before; null: nobody. */
type Touched = { userId: UserId } | { documentIds: readonly DocumentId[] | null } | null

function touchedBy({ fact }: WeftEvent): Touched {
  switch (fact.type) {
    case 'document.access-changed':
    case 'member.joined':
    case 'member.role-changed':
    case 'member.removed':
    case 'member.suspended':
    case 'member.reinstated':
      return { userId: fact.userId }
    case 'document.moved':
    case 'document.restriction-changed':
      return { documentIds: fact.touched }
    case 'document.removed':
    case 'document.restored':
      return { documentIds: fact.documentIds }
    default:
      return null
  }
}

/** Follows the event log: tells those whom each event concerns, and takes from open inboxes what is not theirs to see. */
export function startConsumer(deps: NotificationsDependencies, parts: ConsumerParts): void {
  const { events, storage } = deps
  const { handle, change, visibility, telling, watches, forgetDocuments } = parts
  const facts = createFacts(deps)

  /** Whose open inbox has something of what was touched; who is away is looked at when they come. */
  async function readersOf({ scope }: WeftEvent, touched: Exclude<Touched, null>): Promise<UserId[]> {
    if ('userId' in touched) return handle.isLoaded(touched.userId) ? [touched.userId] : []
    const { documentIds } = touched
    const loaded = new Set(handle.ids())
    if (loaded.size === 0 || documentIds?.length === 0 || scope === installationScope) return []
    const rows = await storage.read
      .selectFrom('notifications')
      .$if(documentIds !== null, (query) => query.where('document_id', 'in', documentIds ?? []))
      .$if(documentIds === null, (query) => query.where('workspace_id', '=', scope))
      .select('user_id')
      .distinct()
      .execute()
    return rows.map((row) => row.user_id).filter((userId) => loaded.has(userId))
  }

  events.consume(
    'notifications',
    async (event) => {
      const touched = touchedBy(event)
      if (touched !== null) {
        for (const userId of await readersOf(event, touched)) await visibility.settle(userId, change)
      }
      for (const { notice, recipients } of await facts.toldOf(event)) await telling.tell(notice, recipients)
      await watches.follow(event)
      if (event.fact.type === 'document.purged') await forgetDocuments(event.fact.documentIds)
    },
    { from: 'now' },
  )
}
