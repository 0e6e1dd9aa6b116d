import { filesContract, type LinkPreview } from '@weft/shared/files'
import { clientOf } from '../../kit/api.ts'

const { files } = clientOf({ files: filesContract })

/** One look at a page for each visit of this one: what comes twice under the pointer is not asked for twice. */
const looked = new Map<string, Promise<LinkPreview | null>>()
const mostLooked = 200

/** What a page elsewhere says of itself, by way of the server; null: nothing, or nobody can say. */
export function previewOf(address: string): Promise<LinkPreview | null> {
  const known = looked.get(address)
  if (known !== undefined) return known
  const looking = files.linkPreview({ address }).catch(() => {
    // Offline, or too many at once: the next time may fare better.
    looked.delete(address)
    return null
  })
  if (looked.size >= mostLooked) looked.clear()
  looked.set(address, looking)
  return looking
}
