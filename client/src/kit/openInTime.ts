import type { IDBPDatabase } from 'idb'

/**
 * The database once it is open; an `open` that another tab holds up, or a broken store, never answers by itself. Rejects
 * after `ms`, and closes it should it open after all.
 */
export async function openInTime<T>(
  what: string,
  opening: Promise<IDBPDatabase<T>>,
  ms: number,
): Promise<IDBPDatabase<T>> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} does not open`)), ms)
  })
  try {
    return await Promise.race([opening, late])
  } catch (error) {
    void opening.then(
      (database) => database.close(),
      () => undefined,
    )
    throw error
  } finally {
    clearTimeout(timer)
  }
}
