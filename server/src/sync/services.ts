import type { ChannelRegistry } from './channelRegistry.ts'
import type { RoomDependencies } from './dependencies.ts'
import type { PresenceCount } from './presenceCount.ts'

/** What all sockets of the process share. */
export interface SyncServices {
  readonly deps: RoomDependencies
  readonly registry: ChannelRegistry
  readonly presence: PresenceCount
  /** Frames are not read any more: the process stops. */
  readonly closing: boolean
}
