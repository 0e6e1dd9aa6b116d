import { embedContract } from '@weft/shared/embed'
import { clientOf } from '../kit/api.ts'

/** The calls of this room; loaded with it. */
export const embedApi = clientOf({ embed: embedContract }).embed
