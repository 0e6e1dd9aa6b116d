import type { Person } from '@weft/shared/auth'
import { installationScope } from '@weft/shared/events'
import { type UserId, WeftError } from '@weft/shared/kit'
import type { EventLog } from '../events/index.ts'
import type { Clock } from '../kit/clock.ts'
import type { Storage } from '../storage/port.ts'
import { readPeople } from './people.ts'
import { replacePicture } from './pictures.ts'

interface Dependencies {
  storage: Storage
  events: Pick<EventLog, 'append'>
  clock: Clock
}

/** Gives a person another picture, or none (null), and tells of it in the same transaction [EVENT-1]. */
export const createSetPicture =
  ({ storage, events, clock }: Dependencies) =>
  async (userId: UserId, data: string | null): Promise<Person> => {
    await storage.transaction(async (tx) => {
      const row = await tx.selectFrom('user').where('id', '=', userId).select('image').executeTakeFirstOrThrow()
      const image = await replacePicture(tx, clock, row.image, data)
      await tx.updateTable('user').set({ image }).where('id', '=', userId).execute()
      await events.append(tx, installationScope, userId, { type: 'account.changed', userId })
    })
    const person = (await readPeople(storage.read, [userId])).get(userId)
    if (person === undefined) throw new WeftError('signed-out', 'This account does not exist any more.')
    return person
  }
