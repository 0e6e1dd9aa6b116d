import { type Person, personColor } from '@weft/shared/auth'
import type { UserId } from '@weft/shared/kit'
import type { Reader } from '../storage/port.ts'
import { readVisitors } from './visitors.ts'

interface AccountRow {
  id: UserId
  name: string
  image: string | null
  /** Null: the one that their id says. */
  color: number | null
}

const toPerson = ({ id, name, image, color }: AccountRow): Person => ({
  id,
  name,
  color: personColor(id, color),
  image,
})

export async function readMailAddress(read: Reader, userId: UserId): Promise<string | null> {
  const row = await read.selectFrom('user').select('email').where('id', '=', userId).executeTakeFirst()
  return row?.email ?? null
}

/** SQLite takes 32,766 variables in one statement; this stays far below on every backend. */
const batchSize = 500

/** Those of the people that have an account or came as visitors, in no order. */
export async function readPeople(read: Reader, userIds: readonly UserId[]): Promise<Map<UserId, Person>> {
  const found = new Map<UserId, Person>()
  for (let from = 0; from < userIds.length; from += batchSize) {
    const batch = userIds.slice(from, from + batchSize)
    const rows = await read
      .selectFrom('user')
      .leftJoin('person_colors', 'person_colors.user_id', 'user.id')
      .select(['user.id', 'user.name', 'user.image', 'person_colors.color'])
      .where('user.id', 'in', batch)
      .execute()
    for (const row of rows) found.set(row.id, toPerson(row))
    const others = batch.filter((id) => !found.has(id))
    if (others.length > 0) for (const [id, person] of await readVisitors(read, others)) found.set(id, person)
  }
  return found
}
