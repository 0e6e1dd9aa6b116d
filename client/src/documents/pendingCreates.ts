import { CommandId, DocumentId, WorkspaceId } from '@weft/shared/kit'
import { z } from 'zod'
import { readStoredJson, writeStored } from '../kit/index.ts'

const PendingCreate = z.object({
  commandId: CommandId,
  id: DocumentId,
  workspaceId: WorkspaceId,
  parentId: DocumentId.nullable(),
})
/** A create command that the server is not known to have executed. */
export type PendingCreate = z.infer<typeof PendingCreate>

export const pendingKey = (userId: string): string => `weft-creating-${userId}`

/** The create commands that a person's pages have not got through yet, kept over reloads, oldest first. */
export class PendingCreates {
  readonly #key: string

  constructor(userId: string) {
    this.#key = pendingKey(userId)
  }

  all(): PendingCreate[] {
    return z.array(PendingCreate).safeParse(readStoredJson(this.#key)).data ?? []
  }

  add(create: PendingCreate): void {
    this.#write([...this.all(), create])
  }

  remove(id: DocumentId): void {
    this.#write(this.all().filter((pending) => pending.id !== id))
  }

  #write(list: PendingCreate[]): void {
    writeStored(this.#key, list.length === 0 ? null : JSON.stringify(list))
  }
}
