/** How many of `rate` moments a second, at random and without memory, have come since it was last asked. */
export function moments(rate: number, start: number, end: number, random: () => number): (now: number) => number {
  const gap = () => (rate === 0 ? Number.POSITIVE_INFINITY : (-Math.log(1 - random()) / rate) * 1000)
  let next = start + gap()
  return (now) => {
    let count = 0
    for (; next <= now && next < end; next += gap()) count++
    return count
  }
}
