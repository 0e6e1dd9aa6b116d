import { type AliasedRawBuilder, type RawBuilder, sql } from 'kysely'

type Cell = string | number | null

/**
 * Many rows as one parameter, to select from: the statement is the same for a hundred people as for one. With a mark for
 * each value, building and reading it takes longer than writing the rows (2,000 marks for a hundred notifications).
 */
export function jsonRows<C extends string, R extends Record<C, Cell>>(
  rows: readonly R[],
  columns: readonly C[],
): AliasedRawBuilder<Pick<R, C>, 'row'> {
  const json = JSON.stringify(rows.map((row) => columns.map((column) => row[column])))
  const selected = columns.map((column, place) => sql`value ->> ${sql.lit(place)} as ${sql.ref(column)}`)
  return sql<Pick<R, C>>`(select ${sql.join(selected)} from json_each(${json}))`.as('row')
}

/** Many ids as one parameter, for `in`. */
export const jsonIds = <T extends string>(ids: readonly T[]): RawBuilder<T> =>
  sql<T>`(select value from json_each(${JSON.stringify(ids)}))`

/** Between a selection and `on conflict`, which SQLite would take for the condition of a join. */
export const always = sql<boolean>`true`
