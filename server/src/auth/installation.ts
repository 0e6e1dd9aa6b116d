import type { UserId } from '@weft/shared/kit'
import type { Clock } from '../kit/clock.ts'
import type { Storage } from '../storage/port.ts'

/** A claim whose account was never made (the process died in between) gives way after this. Milliseconds. */
const claimPatience = 30_000

export interface Installation {
  /** Null: nobody owns it yet. */
  owner(): Promise<UserId | null>
  /** Makes the person its owner if nobody is; of several at once, one gets true. The account follows. */
  claim(userId: UserId): Promise<boolean>
}

export function createInstallation(storage: Storage, clock: Clock): Installation {
  let known: UserId | null = null

  const find = async (db: Pick<Storage['read'], 'selectFrom'>) =>
    db
      .selectFrom('installation')
      .leftJoin('user', 'user.id', 'installation.owner_id')
      .select(['installation.owner_id', 'installation.created_at', 'user.id as account'])
      .executeTakeFirst()

  const stands = (row: { created_at: number; account: UserId | null }): boolean =>
    row.account !== null || clock.now() - row.created_at < claimPatience

  return {
    async owner() {
      if (known !== null) return known
      const row = await find(storage.read)
      if (!row || !stands(row)) return null
      if (row.account !== null) known = row.owner_id
      return row.owner_id
    },
    claim: (userId) =>
      storage.transaction(async (tx) => {
        const row = await find(tx)
        if (row && stands(row)) return false
        if (row) await tx.deleteFrom('installation').where('id', '=', 1).execute()
        await tx.insertInto('installation').values({ id: 1, owner_id: userId, created_at: clock.now() }).execute()
        return true
      }),
  }
}
