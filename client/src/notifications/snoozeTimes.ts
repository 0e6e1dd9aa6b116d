/** Until when one may let a notification sleep, beside a time of one's own. */
export type SnoozeChoice = 'later' | 'tomorrow' | 'nextWeek'

/** "Later today" is so far off; ms. */
const later = 3 * 3_600_000
/** Of the day, here. */
const morning = 9

/** The times of the choices, in milliseconds since 1970; where today ends before "later", there is none. */
export function snoozeTimes(now: number): { choice: SnoozeChoice; until: number }[] {
  const soon = now + later
  const today = new Date(now)
  const morningAfter = (days: number): number =>
    new Date(today.getFullYear(), today.getMonth(), today.getDate() + days, morning).getTime()
  const toMonday = (8 - today.getDay()) % 7 || 7
  const choices: { choice: SnoozeChoice; until: number }[] = [
    { choice: 'tomorrow', until: morningAfter(1) },
    { choice: 'nextWeek', until: morningAfter(toMonday) },
  ]
  const isToday = new Date(soon).getDate() === today.getDate()
  return isToday ? [{ choice: 'later', until: soon }, ...choices] : choices
}

const pad = (number: number): string => String(number).padStart(2, '0')

/** As a field for a date and a time has it, in this place's time. */
export function fieldTime(at: number): string {
  const date = new Date(at)
  const day = `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`
  return `${day}T${pad(date.getHours())}:${pad(date.getMinutes())}`
}

/** Milliseconds since 1970; null: no time. */
export function timeInField(value: string): number | null {
  const at = new Date(value).getTime()
  return Number.isNaN(at) ? null : at
}
