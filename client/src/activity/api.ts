import { activityContract } from '@weft/shared/activity'
import { clientOf } from '../kit/api.ts'

/** The calls of this room; loaded with it. */
export const activityApi = clientOf({ activity: activityContract }).activity
