import { createHash } from 'node:crypto'
import { statSync, unlinkSync } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { randomId, WeftError } from '@weft/shared/kit'
import type { ContentHash, Contents } from './Contents.ts'

const hashPattern = /^[0-9a-f]{64}$/
/** What is not whole yet; emptied at each start. */
const incoming = 'incoming'

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

const full = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])

function stopped(error: unknown): WeftError {
  const why = full.has(codeOf(error)) ? 'its disk is full' : 'its disk does not take it'
  return new WeftError('storage-stopped', `The server cannot keep this file: ${why}. Nothing of it was kept.`, {
    cause: error,
  })
}

/** A new name in a directory survives a power cut once the directory has been written. */
async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function writeWhole(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** `Contents` in a directory: 256 folders by the first two letters, so that none grows too long to be listed. */
export async function diskContents(directory: string): Promise<Contents> {
  const unfinished = join(directory, incoming)
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { recursive: true, mode: 0o700 })
  const folderOf = (hash: ContentHash): string => join(directory, hash.slice(0, 2))
  const pathOf = (hash: ContentHash): string => join(folderOf(hash), hash)

  return {
    async write(bytes) {
      const hash = createHash('sha256').update(bytes).digest('hex')
      const draft = join(unfinished, randomId())
      try {
        await writeWhole(await open(draft, 'wx', 0o600), bytes)
        if ((await mkdir(folderOf(hash), { recursive: true, mode: 0o700 })) !== undefined)
          await syncDirectory(directory)
        // In the place of the same bytes, if they are there: their time is now, by which they are known to be in use.
        await rename(draft, pathOf(hash))
        await syncDirectory(folderOf(hash))
      } catch (error) {
        await rm(draft, { force: true }).catch(() => undefined)
        throw stopped(error)
      }
      return hash
    },

    async read(hash) {
      try {
        return (await open(pathOf(hash), 'r')).createReadStream()
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return null
        throw error
      }
    },

    async *list() {
      for (const folder of await readdir(directory)) {
        if (!/^[0-9a-f]{2}$/.test(folder)) continue
        for (const name of await readdir(join(directory, folder))) if (hashPattern.test(name)) yield name
      }
    },

    // In one turn, so that nothing is written between the look and the removal.
    remove(hash, writtenBefore) {
      try {
        if (statSync(pathOf(hash)).mtimeMs >= writtenBefore) return false
        unlinkSync(pathOf(hash))
        return true
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return false
        throw error
      }
    },
  }
}
