import type { UserId } from '@weft/shared/kit'
import { collapsedPrefix } from '../documents/index.ts'
import { storedKeys, writeStored } from '../kit/index.ts'
import { loadForgetPush, toldZonePrefix } from '../notifications/index.ts'
import { forgetOffline } from '../offline/index.ts'
import { recentPrefix } from '../search/index.ts'
import { rememberWorkspace } from './lastWorkspace.ts'

/** After signing out nothing of a person's lists stays on the device: the next one in this browser finds none. */
export async function forgetAll(userId: UserId): Promise<void> {
  rememberWorkspace(userId, null)
  for (const prefix of [collapsedPrefix, recentPrefix, toldZonePrefix])
    for (const key of storedKeys(prefix)) writeStored(key, null)
  await forgetOffline(userId)
  await loadForgetPush()
    .then((forgetPush) => forgetPush())
    .catch(() => undefined)
}
