const day = 86_400_000

/** How long a link may be good for from now on, in days; a year for what is as good as for ever and still ends. */
export const lifetimes = { day: 1, week: 7, month: 30, year: 365 } as const
export type Lifetime = keyof typeof lifetimes

/** The end of a link that is chosen now; milliseconds since 1970. */
export const endOf = (lifetime: Lifetime | 'never', now: number): number | null =>
  lifetime === 'never' ? null : now + lifetimes[lifetime] * day
