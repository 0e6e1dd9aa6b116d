import type { StoredFile } from '@weft/shared/files'
import { type DocumentId, type FileId, type UserId, WeftError, type WorkspaceId } from '@weft/shared/kit'
import { RequestRate } from '../kit/http/index.ts'
import type { Reader } from '../storage/port.ts'
import { type Actor, readHead } from '../workspaces/index.ts'
import { diskContents } from './contents/diskContents.ts'
import type { FilesDependencies } from './dependencies.ts'
import { createPreviews } from './elsewhere/previews.ts'
import { readPicture } from './pictures/readPicture.ts'
import { noFile, requireWritable } from './policy.ts'
import { type FileRow, insertFile, insertShown, readFile, readFileBytes, readShownIn } from './store.ts'
import { createUpkeep } from './upkeep.ts'

export type Files = Awaited<ReturnType<typeof createFiles>>

/** Each holds the largest file in memory until it is on disk. */
const mostAtOnce = 16

const workspaceFull = (): WeftError =>
  new WeftError('workspace-full', 'The files of this workspace take all the room that it has. Tell whoever runs it.')

const toStored = ({ id, type, bytes, name }: FileRow): StoredFile => ({ id, type, bytes, name })

/** Pictures in documents. What they hold is on disk before their row is [SAVE-1]; whoever may see a document sees its. */
export async function createFiles(deps: FilesDependencies) {
  const { storage, clock, commit, documents, limits } = deps
  const contents = await diskContents(deps.directory)
  const upkeep = createUpkeep({ ...deps, contents })
  const rate = new RequestRate(limits.filesPerMinute, clock)

  let underWay = 0

  async function checkRoom(db: Reader, workspaceId: WorkspaceId, bytes: number): Promise<void> {
    const taken = await readFileBytes(db, workspaceId)
    if (taken + bytes > limits.workspaceFileBytes) throw workspaceFull()
  }

  /** Whether a file of about this size may come; before it is read. */
  async function admit(by: UserId, documentId: DocumentId, bytes: number): Promise<void> {
    const workspaceId = await requireWritable(documents, by, documentId)
    rate.count(by)
    if (bytes > limits.fileBytes) {
      throw new WeftError(
        'too-large',
        `A file may have ${limits.fileBytes.toLocaleString('en')} bytes: make it smaller.`,
      )
    }
    await checkRoom(storage.read, workspaceId, bytes)
  }

  async function find(by: UserId, fileId: FileId): Promise<FileRow> {
    const file = await readFile(storage.read, fileId)
    const roles = file && (await documents.rolesOf(by, await readShownIn(storage.read, fileId)))
    if (file === undefined || roles?.size === 0) throw noFile()
    return file
  }

  return {
    previews: createPreviews(deps),
    fileBytes: limits.fileBytes,
    start: upkeep.start,
    stop: upkeep.stop,
    /** For tests: what no row names any more is removed now, if it is old enough. */
    sweep: upkeep.sweep,

    /** Takes a file of about `bytes` that is read when it is known that it may come, and not too many beside it. */
    async receive<T>(
      by: UserId,
      { documentId, bytes }: { documentId: DocumentId; bytes: number },
      take: () => Promise<T>,
    ): Promise<T> {
      await admit(by, documentId, bytes)
      if (underWay >= mostAtOnce) throw new WeftError('too-many', 'Many files arrive at once: try again in a moment.')
      underWay++
      try {
        return await take()
      } finally {
        underWay--
      }
    },

    /**
     * Keeps a picture under the id that its page has made. Repeated with the same picture by the same person it changes
     * nothing [EVENT-4].
     */
    async add(
      by: UserId,
      { documentId, fileId, name }: { documentId: DocumentId; fileId: FileId; name: string },
      sent: Buffer,
    ): Promise<StoredFile> {
      const { type, bytes } = readPicture(sent)
      // The picture may have taken a minute to arrive.
      const workspaceId = await requireWritable(documents, by, documentId)
      const hash = await contents.write(bytes)
      const row: FileRow = { id: fileId, hash, type, bytes: bytes.length, name, createdBy: by }
      await commit({ userId: by, commandId: null }, workspaceId, async (tx, say) => {
        const known = await readFile(tx, fileId)
        if (known !== undefined && (known.hash !== hash || known.createdBy !== by))
          throw new WeftError('conflict', 'This id is taken: make a new one.')
        if (known === undefined) {
          await checkRoom(tx, workspaceId, row.bytes)
          await insertFile(tx, row, clock.now())
        }
        if (await insertShown(tx, row, documentId, workspaceId))
          await say({ type: 'document.file-added', documentId, fileId })
      })
      return toStored(row)
    },

    /** Shows a picture, that the person sees in some document, in another one: what copying does. */
    attach: (by: Actor, documentId: DocumentId, fileId: FileId): Promise<{ seq: number }> =>
      commit.unlessDone(by, async () => {
        const workspaceId = await requireWritable(documents, by.userId, documentId)
        const file = await find(by.userId, fileId)
        const seq = await readHead(storage.read, workspaceId)
        return commit(by, workspaceId, async (tx, say) => {
          if (!(await insertShown(tx, file, documentId, workspaceId))) return { seq }
          if ((await readFileBytes(tx, workspaceId)) > limits.workspaceFileBytes) throw workspaceFull()
          return { seq: await say({ type: 'document.file-added', documentId, fileId }) }
        })
      }),

    /** A file that is shown in some document that the person may see; `not-found` for every other. */
    find,

    /** A file that a document shows or has shown; `not-found` for every other. For those whom another room lets in. */
    async shownIn(documentId: DocumentId, fileId: FileId): Promise<FileRow> {
      const file = await readFile(storage.read, fileId)
      if (file === undefined || !(await readShownIn(storage.read, fileId)).includes(documentId)) throw noFile()
      return file
    },

    /** What a file holds. Null: it is missing on disk, where a backup was brought back without it. */
    read: (file: FileRow) => contents.read(file.hash),
  }
}
