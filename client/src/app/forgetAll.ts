import type { UserId } from '@weft/shared/kit'
import { forgetQueries } from '../kit/queryCache.ts'
import { rememberWorkspace } from './lastWorkspace.ts'

/** After signing out nothing of a person's lists stays on the device: the next one in this browser finds none. */
export function forgetAll(userId: UserId): void {
  forgetQueries(userId)
  rememberWorkspace(userId, null)
}
