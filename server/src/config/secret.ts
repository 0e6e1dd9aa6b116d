import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { StartError } from '../kit/startError.ts'

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown'

/** Node's own `recursive` never returns below `/proc`, where a parent is there and a child cannot be. */
function makeDirectory(path: string): void {
  if (existsSync(path)) return
  if (!existsSync(dirname(path))) makeDirectory(dirname(path))
  mkdirSync(path, { mode: 0o700 })
}

/** Makes the directory for data, readable by this user alone. Throws a StartError when it can't be written. */
export function prepareDataDir(dataDir: string): void {
  try {
    makeDirectory(dataDir)
    const probe = join(dataDir, '.writable')
    writeFileSync(probe, '')
    rmSync(probe)
  } catch (error) {
    throw new StartError(
      `The directory ${dataDir} cannot be written (${codeOf(error)}): set DATA_DIR to one that this user may write.`,
    )
  }
}

/** The installation's own secret: made once, kept beside the database. It signs sessions and tokens. */
export function ownSecret(dataDir: string): string {
  const path = join(dataDir, 'secret')
  try {
    // `wx`: of two processes that start at once, one makes it and both read the same.
    writeFileSync(path, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') {
      throw new StartError(`The secret could not be written to ${path} (${codeOf(error)}).`)
    }
  }
  const secret = readFileSync(path, 'utf8').trim()
  if (secret.length < 32) throw new StartError(`The secret in ${path} is damaged: set SECRET, or restore the file.`)
  return secret
}
