import { randomId } from '@weft/shared/kit'

/** In the order in which the database sorts them. */
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** Enough until the year 8888. */
const length = 8

/**
 * An id that begins with a time (ms), so that rows which are written together lie together: a hundred ids that are
 * random from their first character on dirty a hundred pages of each tree, and each page goes to the disk. The 77 random
 * bits behind it keep two from being the same.
 */
export function timedId(at: number): string {
  let time = ''
  for (let left = at; time.length < length; left = Math.floor(left / digits.length)) {
    time = digits.charAt(left % digits.length) + time
  }
  return time + randomId().slice(length)
}
