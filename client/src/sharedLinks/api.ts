import { sharedLinksContract } from '@weft/shared/sharedLinks'
import { clientOf } from '../kit/api.ts'

/** The calls of this room; loaded with it. */
export const sharedLinksApi = clientOf({ sharedLinks: sharedLinksContract }).sharedLinks
