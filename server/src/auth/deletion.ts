import { type UserId, WeftError } from '@weft/shared/kit'
import { sql } from 'kysely'
import type { Clock } from '../kit/clock.ts'
import type { Storage } from '../storage/port.ts'
import type { Installation } from './installation.ts'
import { replacePicture } from './pictures.ts'

interface Dependencies {
  storage: Storage
  clock: Clock
  installation: Installation
  /** What other rooms let go of first. Throws where the person still has to do something themselves. */
  beforeDeletion(userId: UserId): Promise<void>
}

/**
 * Takes an account out of everything but the library's own tables, which the library empties next. If it is not done to
 * its end, the account is there still, and deleting it again goes on where it ended.
 */
export const createForgetAccount =
  ({ storage, clock, installation, beforeDeletion }: Dependencies) =>
  async (userId: UserId): Promise<void> => {
    if ((await installation.owner()) === userId) {
      throw new WeftError('not-permitted', 'You own this installation: without your account nobody could run it.')
    }
    await beforeDeletion(userId)
    await storage.transaction(async (tx) => {
      const row = await tx.selectFrom('user').where('id', '=', userId).select('image').executeTakeFirst()
      await replacePicture(tx, clock, row?.image ?? null, null)
      await tx.deleteFrom('person_colors').where('user_id', '=', userId).execute()
      await tx.deleteFrom('account_settings').where('user_id', '=', userId).execute()
      await tx.deleteFrom('commands').where('user_id', '=', userId).execute()
      // What the library remembers for a while of devices and of what is half done; it asks for these by secrets alone.
      await sql`delete from verification where instr(value, ${userId}) > 0`.execute(tx)
    })
  }
