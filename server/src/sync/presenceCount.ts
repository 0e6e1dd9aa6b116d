import type { UserId, WorkspaceId } from '@weft/shared/kit'

/** How many presence sessions each person has in each workspace; tells when the first comes and the last goes. */
export class PresenceCount {
  readonly #counts = new Map<string, number>()
  readonly #changed: (userId: UserId, workspaceId: WorkspaceId, here: boolean) => void

  constructor(changed: (userId: UserId, workspaceId: WorkspaceId, here: boolean) => void) {
    this.#changed = changed
  }

  add(userId: UserId, workspaceId: WorkspaceId): void {
    const key = `${workspaceId} ${userId}`
    const count = (this.#counts.get(key) ?? 0) + 1
    this.#counts.set(key, count)
    if (count === 1) this.#changed(userId, workspaceId, true)
  }

  remove(userId: UserId, workspaceId: WorkspaceId): void {
    const key = `${workspaceId} ${userId}`
    const count = (this.#counts.get(key) ?? 1) - 1
    if (count > 0) {
      this.#counts.set(key, count)
      return
    }
    this.#counts.delete(key)
    this.#changed(userId, workspaceId, false)
  }
}
