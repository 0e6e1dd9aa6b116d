import { useCallback, useSyncExternalStore } from 'react'
import { Keeper, type KeepingState } from './Keeper.ts'

/** The page's one, while somebody is signed in. */
let current: Keeper | null = null
const listeners = new Set<() => void>()

function make(keeper: Keeper | null): void {
  current = keeper
  for (const listener of [...listeners]) listener()
}

/** Keeps what its person wants to have offline until `end` is called. */
export function startKeeping(around: ConstructorParameters<typeof Keeper>[0]): { wake(): void; end(): void } {
  current?.end()
  const keeper = new Keeper(around)
  make(keeper)
  return {
    wake: () => keeper.wake(),
    end() {
      keeper.end()
      if (current === keeper) make(null)
    },
  }
}

const nothing: KeepingState = { kept: null, here: new Set(), missing: new Set(), refused: false }

/** What is kept and how far that is; the keeper is null for the moment until it has started. */
export function useKept(): KeepingState & { keeper: Keeper | null } {
  const keeper = useSyncExternalStore(listenToKeeper, () => current)
  const subscribe = useCallback((listener: () => void) => keeper?.subscribe(listener) ?? (() => {}), [keeper])
  const state = useSyncExternalStore(subscribe, () => keeper?.state ?? nothing)
  return { ...state, keeper }
}

function listenToKeeper(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
