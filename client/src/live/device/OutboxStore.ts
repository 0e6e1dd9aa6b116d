import type { CommandId } from '@weft/shared/kit'
import type { OutboxRow } from '../outbox/OutboxRow.ts'

/** The commands of one person on this device, for all of their pages. Promises resolve when it is on the disk. */
export interface OutboxStore {
  /** In their order. What cannot be read is set apart, and the rest goes on. */
  all(): Promise<OutboxRow[]>
  /**
   * Adds a row behind all others; `check` is told in the same transaction which there are, by their `order`, and may
   * throw. A command that is there already stays as it is.
   */
  add(row: Omit<OutboxRow, 'order'>, check: (there: readonly number[]) => void): Promise<OutboxRow>
  /** Replaces a row by what `change` makes of it; null removes it. Gone already: nothing happens, and null. */
  update(commandId: CommandId, change: (row: OutboxRow) => OutboxRow | null): Promise<OutboxRow | null>
  /** How many rows could not be read. */
  broken(): Promise<number>
  discardBroken(): Promise<void>
  /** Takes or renews the lease for `ms`; false: another page has it. For browsers without Web Locks. */
  lease(name: string, holder: string, ms: number, now: number): Promise<boolean>
  release(name: string, holder: string): Promise<void>
}
