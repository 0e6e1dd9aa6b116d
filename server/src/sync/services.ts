import type { ChannelRegistry } from './channelRegistry.ts'
import type { RoomDependencies } from './dependencies.ts'
import type { PresenceCount } from './presenceCount.ts'

/** What all sockets of the process share. */
export interface SyncServices {
  readonly deps: RoomDependencies
  readonly registry: ChannelRegistry
  readonly presence: PresenceCount
  /** [SAVE-4] Why nothing is saved now; null while it is. */
  readonly savingStopped: { reason: string } | null
  /** Frames are not read any more: the process stops. */
  readonly closing: boolean
}
