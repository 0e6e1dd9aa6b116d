import { useCallback, useSyncExternalStore } from 'react'
import { useLive } from '../LiveProvider.tsx'
import type { OutboxRow } from './OutboxRow.ts'

/** Commands that a list may have to show, or that the person should know of, in their order. */
export function useOutbox(): readonly OutboxRow[] {
  const { outbox } = useLive()
  const subscribe = useCallback((listener: () => void) => outbox.subscribe(listener), [outbox])
  return useSyncExternalStore(subscribe, () => outbox.rows)
}

/** Commands wait for the person to sign in again. */
export function useOutboxSignedOut(): boolean {
  const { outbox } = useLive()
  const subscribe = useCallback((listener: () => void) => outbox.subscribe(listener), [outbox])
  return useSyncExternalStore(subscribe, () => outbox.signedOut)
}
