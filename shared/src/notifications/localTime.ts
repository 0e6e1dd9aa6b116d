/** A moment as a wall clock and a calendar show it. */
export interface WallTime {
  year: number
  /** 1 to 12. */
  month: number
  day: number
  hour: number
  minute: number
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    })
    formats.set(timeZone, format)
  }
  return format
}

/** What clocks show in a time zone (an IANA name) at a moment, in milliseconds since 1970. */
export function wallTime(at: number, timeZone: string): WallTime {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0
  return { year: part('year'), month: part('month'), day: part('day'), hour: part('hour'), minute: part('minute') }
}

const asUtc = ({ year, month, day, hour, minute }: WallTime): number => Date.UTC(year, month - 1, day, hour, minute)

/**
 * The moment at which clocks in a time zone show this; days beyond the month's end count on. Where clocks are put forward
 * over it, the moment that it would have been; where they show it twice, one of the two.
 */
export function momentOf(wall: WallTime, timeZone: string): number {
  const wanted = asUtc(wall)
  // The first guess is wrong by the zone's offset, the second by a change of it in between.
  let at = wanted
  for (let tries = 0; tries < 2; tries++) at += wanted - asUtc(wallTime(at, timeZone))
  return at
}

/** 1 is Monday, 7 Sunday. */
export const weekdayOf = ({ year, month, day }: WallTime): number =>
  new Date(Date.UTC(year, month - 1, day)).getUTCDay() || 7
