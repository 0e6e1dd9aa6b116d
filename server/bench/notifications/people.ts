import { randomId, UserId } from '@weft/shared/kit'
import type { Database } from 'better-sqlite3'
import { createSocketTokens } from '../../src/auth/socketTokens.ts'

/** Who has an inbox open, and what they show at the door. */
export interface Reader {
  userId: UserId
  token: string
}

/** Longer than the bench runs: nobody asks for a new token meanwhile. Milliseconds. */
const ahead = 3_600_000

/** Accounts that nobody has signed up: that would be a password to hash for each. */
export function addPeople(db: Database, count: number): UserId[] {
  const people = Array.from({ length: count }, () => UserId.parse(randomId()))
  const insert = db.prepare(
    `insert into user (id, name, email, emailVerified, createdAt, updatedAt)
      values (?, ?, ? || '@weft.example', 1, 0, 0)`,
  )
  db.transaction(() => {
    for (const [n, id] of people.entries()) insert.run(id, `Person ${n}`, id)
  })()
  return people
}

/** Tokens as the server gives them to pages that are signed in. */
export function tokensOf(secret: string, people: readonly UserId[]): Promise<Reader[]> {
  const tokens = createSocketTokens(secret, { now: () => Date.now() + ahead }, async () => true)
  return Promise.all(people.map(async (userId) => ({ userId, token: (await tokens.issue(userId, null)).token })))
}
