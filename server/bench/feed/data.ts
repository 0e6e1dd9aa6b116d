import { randomId, type WorkspaceId } from '@weft/shared/kit'
import { sql } from 'kysely'
import type { Storage } from '../../src/storage/index.ts'
import { seededRandom } from '../randomness.ts'

export interface FeedSize {
  entries: number
  documents: number
  people: number
  /** Documents that only some may open. */
  restricted: number
  seed: number
}

/** What is in the tables, for questions that find something. */
export interface FeedData {
  documents: string[]
  people: string[]
  words: string[]
  /** Milliseconds since 1970: a year, up to now. */
  from: number
  until: number
}

const atOnce = 1_000
const types: [type: string, share: number][] = [
  ['document.edited', 0.8],
  ['document.renamed', 0.08],
  ['document.moved', 0.05],
  ['document.created', 0.04],
  ['document.access-changed', 0.02],
  ['document.removed', 0.008],
  ['document.restored', 0.002],
]

const names = [
  'Ada',
  'Berta',
  'Cem',
  'Dora',
  'Emil',
  'Fatma',
  'Gül',
  'Hana',
  'Ilse',
  'Jan',
  'Kofi',
  'Léa',
  'Mina',
  'Nils',
]
const syllables = ['bu', 'ra', 'to', 'mi', 'ken', 'sol', 'va', 'do', 'pel', 'ti', 'gra', 'no', 'lu', 'fe', 'zan', 'wi']

/** A year of a busy workspace: some people and documents have most of it, as it is. `reader` is let into a tenth. */
export async function fillFeed(
  storage: Storage,
  workspaceId: WorkspaceId,
  reader: string,
  size: FeedSize,
): Promise<FeedData> {
  const random = seededRandom(size.seed)
  /** Small numbers far more often than large ones. */
  const skewed = (below: number): number => Math.floor(below * random() ** 3)
  const words = Array.from({ length: 2_000 }, () =>
    Array.from({ length: 3 }, () => syllables[Math.floor(random() * syllables.length)]).join(''),
  )
  const people = Array.from({ length: size.people }, () => randomId())
  const documents = Array.from({ length: size.documents }, () => randomId())
  const titles = documents.map(() => [skewed(2_000), skewed(2_000), skewed(2_000)].map((n) => words[n]).join(' '))
  const until = Date.now()
  const from = until - 365 * 86_400_000

  await inPages(people.length, (place) =>
    storage.transaction(async (tx) => {
      const rows = people.slice(place, place + atOnce)
      const json = JSON.stringify(
        rows.map((id, n) => [id, `${names[(place + n) % names.length]} ${words[(place + n) % words.length]}`]),
      )
      await sql`insert into user (id, name, email, emailVerified, createdAt, updatedAt)
        select value ->> 0, value ->> 1, value ->> 0 || '@weft.example', 1, 0, 0 from json_each(${json})`.execute(tx)
      await sql`insert into members (workspace_id, user_id, role, joined_at)
        select ${workspaceId}, value ->> 0, 'member', 0 from json_each(${json})`.execute(tx)
    }),
  )
  await inPages(documents.length, (place) =>
    storage.transaction(async (tx) => {
      const rows = documents
        .slice(place, place + atOnce)
        .map((id, n) => [id, titles[place + n], place + n < size.restricted ? 1 : 0])
      const json = JSON.stringify(rows)
      await sql`insert into documents (id, workspace_id, position, title, kind, created_by, created_at, updated_at, restricted, audience_id)
        select value ->> 0, ${workspaceId}, 'a0', value ->> 1, 'rich', ${reader}, 0, 0, value ->> 2,
          case value ->> 2 when 1 then value ->> 0 end from json_each(${json})`.execute(tx)
    }),
  )
  const open = JSON.stringify(documents.slice(0, Math.ceil(size.restricted / 10)))
  await storage.transaction((tx) =>
    sql`insert into document_access (document_id, user_id, role) select value, ${reader}, 'view' from json_each(${open})`.execute(
      tx,
    ),
  )

  const typeOf = (): string => {
    let left = random()
    for (const [type, share] of types) {
      left -= share
      if (left < 0) return type
    }
    return 'document.edited'
  }
  await inPages(size.entries, (place) => {
    const rows = Array.from({ length: Math.min(atOnce, size.entries - place) }, (_, n) => {
      // Not the first ones: these are restricted, which few documents are, and not the busiest.
      const document = (size.restricted + skewed(size.documents)) % size.documents
      const at = Math.floor(from + ((until - from) * (place + n)) / size.entries)
      return [
        1_000 + place + n,
        at,
        typeOf(),
        people[skewed(people.length)],
        documents[document],
        document < size.restricted ? documents[document] : workspaceId,
      ]
    })
    const json = JSON.stringify(rows)
    return storage.transaction(async (tx) => {
      await sql`insert into activity (workspace_id, seq, at, type, actor_id, document_id, audience_id, detail)
        select ${workspaceId}, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5,
          '{"edits":12,"added":340,"removed":21}' from json_each(${json})`.execute(tx)
    })
  })
  return { documents, people, words, from, until }
}

async function inPages(count: number, work: (place: number) => Promise<unknown>): Promise<void> {
  for (let place = 0; place < count; place += atOnce) await work(place)
}
