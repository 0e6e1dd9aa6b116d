import type { WorkspaceId } from '@weft/shared/kit'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Reader } from '../storage/port.ts'
import { type ActivityRow, columns, type ToldEntry, toEntry } from './rows.ts'

type Column = 'audience_id' | 'type' | 'actor_id' | 'subject_id' | 'document_id'

/**
 * What an index leads to in one step: equal values of some columns, behind which its rows are in the order of a page.
 * `people`, JSON: what is behind it must be by or about one of them, which is looked at row by row in the index.
 */
export type Key = Readonly<Partial<Record<Column | 'people', string>>>

/** Behind the last entry of a page: what is older by time, or as old and of a lower sequence. */
export interface Cursor {
  at: number
  seq: number
}

/** What entries must fit, whichever key they are found by. */
export interface Bounds {
  before?: Cursor | undefined
  /** Milliseconds since 1970. */
  from?: number | undefined
  until?: number | undefined
  actorId?: string | undefined
  types?: readonly string[] | undefined
}

/** More keys than this are first asked for their newest entry, and only those with the newest of all are read. */
const readWhole = 20

/**
 * The newest entries that are behind any of the keys, at most `limit`, in the order of a page. Each key costs one look
 * into an index and at most `limit` rows, however many rows there are.
 */
export async function readPage(
  db: Reader,
  workspaceId: WorkspaceId,
  keys: readonly Key[],
  bounds: Bounds,
  limit: number,
): Promise<ToldEntry[]> {
  const { keys: chosen, from } =
    keys.length > readWhole ? await newestOf(db, workspaceId, keys, bounds, limit) : { keys, from: bounds.from }
  if (chosen.length === 0) return []
  const { rows } = await pageStatement(workspaceId, chosen, { ...bounds, from }, limit).execute(db)
  return rows.map(toEntry)
}

/** Also for the test that looks at its plan. */
export function pageStatement(
  workspaceId: WorkspaceId,
  keys: readonly Key[],
  bounds: Bounds,
  limit: number,
): RawBuilder<ActivityRow> {
  const all = sql.join(columns.map((column) => sql.ref(column)))
  const parts = keys.map((key) => {
    const fits = Object.entries(key).map(([column, value]) => fit(column, sql`${value}`))
    return sql`select * from (
      select ${all} from activity where ${conditions(workspaceId, [...fits, ...within(bounds)])}
      order by at desc, seq desc limit ${limit})`
  })
  // `union` without `all`: an entry that two keys lead to must not take the place of another.
  return sql<ActivityRow>`${sql.join(parts, sql` union `)} order by at desc, seq desc limit ${limit}`
}

/** The keys behind which the newest entries are, and since when those go back at most. */
async function newestOf(
  db: Reader,
  workspaceId: WorkspaceId,
  keys: readonly Key[],
  bounds: Bounds,
  limit: number,
): Promise<{ keys: Key[]; from: number | undefined }> {
  const found: { key: Key; newest: number }[] = []
  const shapes = Map.groupBy(keys, (key) => Object.keys(key).join())
  for (const alike of shapes.values()) {
    const { rows } = await newestStatement(workspaceId, alike, bounds, limit).execute(db)
    for (const { place, newest } of rows) found.push({ key: alike[place] as Key, newest })
  }
  found.sort((a, b) => b.newest - a.newest)
  const chosen = found.slice(0, limit)
  // As many entries as the page has are at least as new as the oldest of these.
  const oldest = chosen.length === limit ? chosen.at(-1)?.newest : undefined
  return { keys: chosen.map(({ key }) => key), from: Math.max(oldest ?? 0, bounds.from ?? 0) }
}

/** Of keys that name the same columns. Also for the test that looks at its plan. */
export function newestStatement(
  workspaceId: WorkspaceId,
  keys: readonly Key[],
  bounds: Bounds,
  limit: number,
): RawBuilder<{ place: number; newest: number }> {
  const names = Object.keys(keys[0] ?? {})
  const values = JSON.stringify(keys.map((key) => Object.values(key)))
  const fits = names.map((name, place) => fit(name, sql`(each.value ->> ${sql.lit(place)})`))
  return sql<{ place: number; newest: number }>`
    select each.key as place, (
      select at from activity where ${conditions(workspaceId, [...fits, ...within(bounds)])}
      order by at desc, seq desc limit 1
    ) as newest
    from json_each(${values}) as each where newest is not null order by newest desc limit ${limit}`
}

const fit = (column: string, value: RawBuilder<unknown>): RawBuilder<SqlBool> =>
  column === 'people'
    ? sql`(actor_id in (select value from json_each(${value})) or subject_id in (select value from json_each(${value})))`
    : sql`${sql.ref(column)} = ${value}`

const conditions = (workspaceId: WorkspaceId, more: readonly RawBuilder<SqlBool>[]) =>
  sql.join([sql`workspace_id = ${workspaceId}`, ...more], sql` and `)

/** One lower and one upper bound of time, so that an index can go by both. */
function within({ before, from, until, actorId, types }: Bounds): RawBuilder<SqlBool>[] {
  const end = until === undefined ? undefined : { at: until, seq: 0 }
  const upper = before !== undefined && (end === undefined || before.at < end.at) ? before : end
  return [
    ...(from === undefined ? [] : [sql<SqlBool>`at >= ${from}`]),
    ...(upper === undefined ? [] : [sql<SqlBool>`(at, seq) < (${upper.at}, ${upper.seq})`]),
    ...(actorId === undefined ? [] : [sql<SqlBool>`actor_id = ${actorId}`]),
    ...(types === undefined ? [] : [sql<SqlBool>`type in (${sql.join(types)})`]),
  ]
}
