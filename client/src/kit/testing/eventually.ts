import { vi } from 'vitest'

/** As long as a slow and busy machine may take; nobody waits so long where what it waits for happens. */
export const patience = { timeout: 30_000, interval: 5 }

/** Tries `check` again until it throws no more; then it fails with what it threw last. */
export const eventually = <T>(check: () => T | Promise<T>): Promise<T> => vi.waitFor(check, patience)
