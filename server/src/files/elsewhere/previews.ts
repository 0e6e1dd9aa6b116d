import type { LinkPreview, PictureType } from '@weft/shared/files'
import { type UserId, WeftError } from '@weft/shared/kit'
import { RequestRate } from '../../kit/http/index.ts'
import type { FilesDependencies } from '../dependencies.ts'
import { readPicture } from '../pictures/readPicture.ts'
import { fetchGuarded } from './fetchGuarded.ts'

/** What a page says of itself stands in its head; long inline styles come before it. Bytes. */
const pageBytes = 512 << 10
const pictureBytes = 4 << 20
/** Pages are asked again after this; ms. */
const keptFor = 6 * 3_600_000
/** One that said nothing may only have been slow. */
const nothingKeptFor = 10 * 60_000
/** A few kilobytes each. */
const mostKept = 500
/** Each may hold the largest picture while it is looked at. */
const mostAtOnce = 16

interface Kept {
  preview: Promise<LinkPreview | null>
  until: number
}

/** What pages elsewhere say of themselves, and their pictures, so that only this server is seen there. */
export function createPreviews({ clock, limits, linkPreviews }: FilesDependencies) {
  const rate = new RequestRate(limits.linkPreviewsPerMinute, clock)
  const { on, hosts } = linkPreviews
  /** In the order of asking: the oldest go first. */
  const kept = new Map<string, Kept>()
  let under = 0

  /** `by`: who is counted, a person or a link. */
  async function bounded<T>(by: string, work: () => Promise<T>): Promise<T> {
    rate.count(by)
    if (under >= mostAtOnce)
      throw new WeftError('too-many', 'Too many pages are being looked at: try again in a moment.')
    under++
    try {
      return await work()
    } finally {
      under--
    }
  }

  async function look(address: string): Promise<LinkPreview | null> {
    const accept = ['text/html', 'application/xhtml+xml']
    const page = await fetchGuarded(address, { accept, limit: pageBytes, longer: 'cut', hosts })
    if (page === null) return null
    // Loaded with the first page that somebody points at.
    const { pageWords } = await import('./pageWords.ts')
    return pageWords(page)
  }

  return {
    /** Null: previews are off, or there is nothing to show, for whatever reason: what is inside a network is not told. */
    async page(by: UserId, address: string): Promise<LinkPreview | null> {
      if (!on) return null
      const { href } = new URL(address)
      const known = kept.get(href)
      if (known !== undefined && known.until > clock.now()) return known.preview
      return bounded(by, async () => {
        const entry: Kept = { preview: look(href), until: clock.now() + keptFor }
        kept.delete(href)
        kept.set(href, entry)
        for (const oldest of kept.keys()) {
          if (kept.size <= mostKept) break
          kept.delete(oldest)
        }
        const preview = await entry.preview
        if (preview === null) entry.until = clock.now() + nothingKeptFor
        return preview
      })
    },

    /** A picture from elsewhere, looked at like one that somebody has sent; null: none that can be shown. */
    async picture(by: string, address: string): Promise<{ type: PictureType; bytes: Buffer } | null> {
      if (!on) return null
      return bounded(by, async () => {
        const found = await fetchGuarded(address, { accept: ['image/'], limit: pictureBytes, longer: 'refuse', hosts })
        try {
          return found && readPicture(found.bytes)
        } catch (error) {
          if (error instanceof WeftError) return null
          throw error
        }
      })
    },
  }
}
