import { Passkey } from '@weft/shared/auth'
import type { UserId } from '@weft/shared/kit'
import { sql } from 'kysely'
import type { Reader, Storage } from '../storage/port.ts'

export interface SecondFactors {
  /** Whether a sign-in with the password goes on to a code. */
  isOn(userId: UserId): Promise<boolean>
  hasPassword(userId: UserId): Promise<boolean>
  /** The oldest first. */
  passkeys(userId: UserId): Promise<Passkey[]>
  /** Devices that are let in without a code are asked for one again. */
  forgetDevices(userId: UserId): Promise<void>
}

/** What the account library keeps of codes and passkeys, in its own tables, which our schema does not describe. */
export function createSecondFactors(storage: Storage): SecondFactors {
  const exists = async (read: Reader, query: ReturnType<typeof sql>): Promise<boolean> =>
    (await query.execute(read)).rows.length > 0
  return {
    isOn: (userId) => exists(storage.read, sql`select 1 from "user" where id = ${userId} and "twoFactorEnabled" = 1`),
    hasPassword: (userId) =>
      exists(storage.read, sql`select 1 from account where "userId" = ${userId} and password is not null`),
    async passkeys(userId) {
      const { rows } = await sql<{ id: string; name: string | null; createdAt: string | number | null }>`
        select id, name, "createdAt" from passkey where "userId" = ${userId} order by "createdAt", id
      `.execute(storage.read)
      return rows.map(({ id, name, createdAt }) =>
        Passkey.parse({ id, name: name ?? '', addedAt: new Date(createdAt ?? 0).getTime() }),
      )
    },
    async forgetDevices(userId) {
      await storage.transaction(async (tx) => {
        await sql`
          delete from verification where value = ${userId} and identifier like 'trust-device-%'
        `.execute(tx)
      })
    },
  }
}
