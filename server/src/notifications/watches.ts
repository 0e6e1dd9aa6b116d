import type { WeftEvent } from '@weft/shared/events'
import type { DocumentId, UserId } from '@weft/shared/kit'
import type { Watch, WatchState } from '@weft/shared/notifications'
import type { Reader, Storage, Writer } from '../storage/port.ts'
import { preferencesOf } from './preferences.ts'

/** What somebody said of a document, or what was concluded from what they did in it. */
export async function readWatch(db: Reader, userId: UserId, documentId: DocumentId): Promise<Watch> {
  const row = await db
    .selectFrom('watches')
    .where('document_id', '=', documentId)
    .where('user_id', '=', userId)
    .select(['state', 'reason'])
    .executeTakeFirst()
  const isPrivate = await db
    .selectFrom('private_mail_documents')
    .where('document_id', '=', documentId)
    .select('document_id')
    .executeTakeFirst()
  return {
    documentId,
    state: row === undefined || row.state === 'neither' ? null : row.state,
    reason: row?.state === 'watching' ? row.reason : null,
    privateMail: isPrivate !== undefined,
  }
}

export async function writeWatch(tx: Writer, userId: UserId, documentId: DocumentId, said: WatchState): Promise<void> {
  const state = said ?? 'neither'
  await tx
    .insertInto('watches')
    .values({ document_id: documentId, user_id: userId, state, reason: 'watching' })
    .onConflict((row) => row.columns(['document_id', 'user_id']).doUpdateSet({ state, reason: 'watching' }))
    .execute()
}

export async function writePrivateMail(tx: Writer, documentId: DocumentId, isPrivate: boolean): Promise<void> {
  if (!isPrivate) {
    await tx.deleteFrom('private_mail_documents').where('document_id', '=', documentId).execute()
    return
  }
  await tx
    .insertInto('private_mail_documents')
    .values({ document_id: documentId })
    .onConflict((row) => row.doNothing())
    .execute()
}

/** Documents that people watch without being asked: those that they make, and those that they write in. */
export function createWatches(storage: Storage) {
  async function conclude(userId: UserId, documentId: DocumentId, reason: 'created' | 'wrote'): Promise<void> {
    const known = await storage.read
      .selectFrom('watches')
      .where('document_id', '=', documentId)
      .where('user_id', '=', userId)
      .select('state')
      .executeTakeFirst()
    if (known !== undefined || !(await preferencesOf(storage.read, userId)).watchOwn) return
    await storage.transaction((tx) =>
      tx
        .insertInto('watches')
        .columns(['document_id', 'user_id', 'state', 'reason'])
        // A document may be gone for good by the time that its event is read.
        .expression((eb) =>
          eb
            .selectFrom('documents')
            .where('id', '=', documentId)
            .select(({ val }) => [
              'id as document_id',
              val(userId).as('user_id'),
              val<'watching'>('watching').as('state'),
              val(reason).as('reason'),
            ]),
        )
        .onConflict((row) => row.columns(['document_id', 'user_id']).doNothing())
        .execute(),
    )
  }

  return {
    async follow({ actorId, fact }: WeftEvent): Promise<void> {
      if (actorId === null) return
      if (fact.type === 'document.created') await conclude(actorId, fact.documentId, 'created')
      if (fact.type === 'document.edited') await conclude(actorId, fact.documentId, 'wrote')
    },
  }
}
export type Watches = ReturnType<typeof createWatches>
