import type { UserId } from '@weft/shared/kit'
import { useSyncExternalStore } from 'react'

let following: UserId | null = null
const listeners = new Set<() => void>()

function set(userId: UserId | null): void {
  if (userId === following) return
  following = userId
  for (const listener of [...listeners]) listener()
}

/** Starts to follow a person; a second call with the same one stops. */
const follow = (userId: UserId): void => set(following === userId ? null : userId)
const stop = (): void => set(null)

/** Whom this page follows. The editor scrolls along; `FollowBorder` shows it and ends it. */
export function useFollow(): { following: UserId | null; follow(userId: UserId): void; stop(): void } {
  const now = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => following,
  )
  return { following: now, follow, stop }
}
