import type { CloseReason } from '@weft/shared/sync'

/** What a window shows now, or showed when it was last seen on this device. */
export interface WindowView {
  /** By key, plain JSON in the shape that its kind's schema says; in no order. */
  entries: ReadonlyMap<string, unknown>
  /** What the server says of the whole window, `seq` among it. */
  meta: Readonly<Record<string, unknown>>
  /** The last change that is in it [EVENT-3]; null: nothing has been seen yet. */
  seq: number | null
  /** In step with the server. */
  live: boolean
  /** Why it is closed and does not come back by itself. */
  closed: CloseReason | null
}

export const emptyView: WindowView = { entries: new Map(), meta: {}, seq: null, live: false, closed: null }

/** Windows as they were last seen, on this device, of one person. */
export interface WindowStore {
  read(name: string): Promise<Pick<WindowView, 'entries' | 'meta'> | null>
  write(name: string, view: Pick<WindowView, 'entries' | 'meta'>): Promise<void>
  forget(name: string): Promise<void>
}
