import type { ActivityEntry } from './schema.ts'

export const partsOfDay = ['night', 'morning', 'afternoon', 'evening'] as const
export type PartOfDay = (typeof partsOfDay)[number]

/** A moment where the reader is. */
export interface LocalTime {
  /** `2031-05-04`: sorts, and is not shown. */
  day: string
  /** 0 to 23. */
  hour: number
}

/** What one person did of one kind in one place, in one part of a day. */
export interface ActivityGroup {
  /** The same whichever of its entries are known. */
  key: string
  day: string
  part: PartOfDay
  type: string
  actorId: ActivityEntry['actorId']
  documentId: ActivityEntry['documentId']
  /** The newest first. */
  entries: ActivityEntry[]
}

export function partOfDay(hour: number): PartOfDay {
  if (hour < 5) return 'night'
  if (hour < 12) return 'morning'
  return hour < 18 ? 'afternoon' : 'evening'
}

/** How a time zone tells the time; an IANA name, the reader's own unless given. */
export function localTimeIn(timeZone?: string): (at: number) => LocalTime {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    hourCycle: 'h23',
  })
  return (at) => {
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
    return { day: `${parts.year}-${parts.month}-${parts.day}`, hour: Number(parts.hour) }
  }
}

/**
 * Groups entries by who did what where in which part of the day, the newest group first by its newest entry. Entries may
 * come in any order, and twice: from pages and from a live window. What is about several people in no document is one
 * group each, since it says something else of each.
 */
export function groupActivity(entries: Iterable<ActivityEntry>, localTime: (at: number) => LocalTime): ActivityGroup[] {
  const bySeq = new Map([...entries].map((entry) => [entry.seq, entry]))
  const groups = new Map<string, ActivityGroup>()
  for (const entry of [...bySeq.values()].sort(newestFirst)) {
    const { day, hour } = localTime(entry.at)
    const part = partOfDay(hour)
    const place = entry.documentId ?? entry.subjectId ?? ''
    const key = [day, part, entry.type, entry.actorId ?? '', place].join(' ')
    const group = groups.get(key)
    const { type, actorId, documentId } = entry
    if (group === undefined) groups.set(key, { key, day, part, type, actorId, documentId, entries: [entry] })
    else group.entries.push(entry)
  }
  // In the order in which each one's newest entry was met.
  return [...groups.values()]
}

/** How pages are sorted: what happened last, first. */
export const newestFirst = (a: ActivityEntry, b: ActivityEntry): number => b.at - a.at || b.seq - a.seq
