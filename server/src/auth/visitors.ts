import { type Person, personColor } from '@weft/shared/auth'
import { installationScope } from '@weft/shared/events'
import { randomId, UserId, type WorkspaceId } from '@weft/shared/kit'
import type { EventLog } from '../events/index.ts'
import type { Clock } from '../kit/clock.ts'
import type { Reader, Storage } from '../storage/port.ts'
import type { VisitSourceKind } from './oneDocument.ts'

/** Somebody who has no account here, as whoever lets them in knows them. */
export interface VisitorProfile {
  workspaceId: WorkspaceId
  kind: VisitSourceKind
  /** Who vouches for them, named behind their name wherever it stands [IDENT-1]. */
  host: string
  /** Who they are there: the same person is the same visitor. */
  externalId: string
  name: string
  /** An address of their picture. */
  image: string | null
}

export interface VisitorDependencies {
  storage: Storage
  events: Pick<EventLog, 'append'>
  clock: Clock
}

/** No account can have one: the account library's ids are letters and digits. */
const visitorId = (): UserId => UserId.parse(`v_${randomId()}`)

export type AdmitVisitor = (profile: VisitorProfile) => Promise<UserId>

const find = (db: Reader, { workspaceId, kind, host, externalId }: VisitorProfile) =>
  db
    .selectFrom('visitors')
    .where('workspace_id', '=', workspaceId)
    .where('kind', '=', kind)
    .where('host', '=', host)
    .where('external_id', '=', externalId)
    .select(['id', 'name', 'image'])
    .executeTakeFirst()

/**
 * The id under which a visitor writes, made when they first come. A member of nothing: what they may do is said by their
 * token and by its source alone. Another name or picture than before is told like that of an account.
 */
export function createAdmitVisitor({ storage, events, clock }: VisitorDependencies): AdmitVisitor {
  return async (profile) => {
    const { workspaceId, kind, host, externalId, name, image } = profile
    const before = await find(storage.read, profile)
    if (before !== undefined && before.name === name && before.image === image) return before.id
    return storage.transaction(async (tx) => {
      const known = await find(tx, profile)
      if (known === undefined) {
        const id = visitorId()
        const row = { id, workspace_id: workspaceId, kind, host, external_id: externalId, name, image }
        await tx
          .insertInto('visitors')
          .values({ ...row, created_at: clock.now() })
          .execute()
        return id
      }
      if (known.name !== name || known.image !== image) {
        await tx.updateTable('visitors').set({ name, image }).where('id', '=', known.id).execute()
        await events.append(tx, installationScope, null, { type: 'account.changed', userId: known.id })
      }
      return known.id
    })
  }
}

/** Those of the ids that are visitors'. */
export async function readVisitors(read: Reader, ids: readonly UserId[]): Promise<Map<UserId, Person>> {
  const rows = await read
    .selectFrom('visitors')
    .where('id', 'in', ids)
    .select(['id', 'name', 'host', 'image'])
    .execute()
  return new Map(
    rows.map(({ id, name, host, image }) => [
      id,
      // In the name itself, so that no place that shows it can leave it out.
      { id, name: `${name} (${host})`, color: personColor(id), image, visitor: true },
    ]),
  )
}
