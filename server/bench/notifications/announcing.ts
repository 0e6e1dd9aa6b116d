import { AnnouncementId, randomId, type UserId } from '@weft/shared/kit'
import type { Database } from 'better-sqlite3'
import { Histogram } from '../histogram.ts'
import type { WeftTarget } from '../weftTarget.ts'
import { monotonic } from './messages.ts'
import type { ReaderProcess } from './ReaderProcess.ts'
import type { Typists } from './Typists.ts'

/** Where announcements are made. */
export interface Stage {
  target: WeftTarget
  readers: readonly ReaderProcess[]
  typists: Typists
  /** The server's tables, to look whether everybody has been told. */
  db: Database
}

/** One announcement, and an equal time without one. Milliseconds unless said otherwise. */
export interface Round {
  /** From the command to the map of each open inbox. */
  arrival: Histogram
  /** Until the command was answered. */
  answered: number
  /** Until all recipients have their row. */
  told: number
  typingDuring: Histogram
  typingWithout: Histogram
  /** CPU time of the server in each of the two. */
  cpuDuring: number
  cpuWithout: number
  /** Handed to the disk in each of the two, in bytes. */
  bytesDuring: number
  bytesWithout: number
  /** Of the server's event loop, during the announcement. */
  longestBlock: number
  longestWork: number
}

/** How often it is looked whether everybody has been told, in ms: a read of one row, which the server does not notice. */
const lookEvery = 10
/** Between the announcement and the time without one, for what the one leaves behind. Milliseconds. */
const pause = 2_000

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

export async function announceOnce(stage: Stage, title: string): Promise<Round> {
  const { target, readers, typists, db } = stage
  const announcementId = AnnouncementId.parse(randomId())
  const state = db.prepare<[string], string>('select state from announcements where id = ?').pluck()
  const arrival = new Histogram()
  let [answered, told] = [Number.NaN, Number.NaN]

  await target.process.loopTimes()
  const spent = () => ({ cpu: target.process.cpuMs, bytes: target.process.bytesWritten })
  const before = spent()
  const typingDuring = await typists.during(async () => {
    const sent = monotonic()
    const arrived = Promise.all(readers.map((reader) => reader.arrived(announcementId)))
    await target.call('/announcements', { id: announcementId, title, text: 'The looms stand still on Friday.' })
    answered = monotonic() - sent
    while (state.get(announcementId) !== 'sent') await sleep(lookEvery)
    told = monotonic() - sent
    for (const at of (await arrived).flat()) arrival.record(at - sent)
  })
  const { longestBlock, longestWork } = await target.process.loopTimes()
  const between = spent()
  await sleep(pause)
  const resumed = spent()
  const typingWithout = await typists.during(() => sleep(told))
  const after = spent()
  return {
    arrival,
    answered,
    told,
    typingDuring,
    typingWithout,
    cpuDuring: between.cpu - before.cpu,
    cpuWithout: after.cpu - resumed.cpu,
    bytesDuring: between.bytes - before.bytes,
    bytesWithout: after.bytes - resumed.bytes,
    longestBlock,
    longestWork,
  }
}

/** What is not as it must be [NOTIFY-1] [NOTIFY-2]: not one row for each and each announcement, or another in a map. */
export async function countWrong(
  { readers, db }: Stage,
  recipients: readonly UserId[],
  announcements: number,
): Promise<number> {
  const rows = db
    .prepare<[], { all: number; different: number }>(
      `select count(*) as "all", count(distinct user_id || ' ' || group_key) as different
        from notifications where kind = 'announcement'`,
    )
    .get()
  const expected = recipients.length * announcements
  const shown = (await Promise.all(readers.map((reader) => reader.look()))).flat()
  const wrongMaps = shown.filter(({ entries, unread }) => entries !== announcements || unread !== announcements).length
  return Math.abs((rows?.all ?? 0) - expected) + Math.abs((rows?.different ?? 0) - expected) + wrongMaps
}
