import { ActivityEntry, newestFirst } from '@weft/shared/activity'
import type { WindowView } from '../live/index.ts'
import { type Filter, passes } from './filter.ts'

/** What is read of the history by page: from the newest entry down to the last one read. */
export interface Read {
  entries: readonly ActivityEntry[]
  /** There is more behind the last one. */
  more: boolean
}

/**
 * The entries to show: those that were read, and those of open windows that are newer than the last one read. Older ones
 * of a window are left out, since what other audiences were told beside them has not been read yet.
 */
export function mergeEntries(read: Read, views: Iterable<WindowView>, filter: Filter): ActivityEntry[] {
  const merged = new Map(read.entries.map((entry) => [entry.seq, entry]))
  const last = read.entries.at(-1)
  for (const view of views) {
    for (const value of view.entries.values()) {
      const { data: entry } = ActivityEntry.safeParse(value)
      if (entry === undefined || merged.has(entry.seq) || !passes(entry, filter)) continue
      const isNewer = last === undefined ? !read.more : newestFirst(entry, last) <= 0 || !read.more
      if (isNewer) merged.set(entry.seq, entry)
    }
  }
  return [...merged.values()].sort(newestFirst)
}
