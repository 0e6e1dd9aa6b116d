import { type UserId, WorkspaceId } from '@weft/shared/kit'
import { readStored, writeStored } from '../kit/index.ts'

const keyOf = (userId: UserId): string => `weft-workspace-${userId}`

/** Where this person was last, on this device. */
export const lastWorkspace = (userId: UserId): WorkspaceId | null =>
  WorkspaceId.safeParse(readStored(keyOf(userId))).data ?? null

export const rememberWorkspace = (userId: UserId, id: WorkspaceId | null): void => writeStored(keyOf(userId), id)
