import { searchContract } from '@weft/shared/search'
import { clientOf } from '../kit/api.ts'

/** The calls of this room; loaded with it. */
export const searchApi = clientOf({ search: searchContract }).search
