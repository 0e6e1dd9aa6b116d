import { type UnzipFileInfo, unzipSync } from 'fflate'
import { isHidden, safePath } from './safePath.ts'

/** Why something was not taken; each has its sentence below `import.left`. */
export type LeftOutWhy =
  | 'unsafe-path'
  | 'too-large'
  | 'too-many'
  | 'not-text'
  | 'not-a-picture'
  | 'other-kind'
  | 'damaged'
  | 'packed'
  | 'refused'

export interface LeftOut {
  path: string
  why: LeftOutWhy
  /** What the server said. */
  message?: string
}

export interface Unpacked {
  files: Map<string, Uint8Array<ArrayBuffer>>
  leftOut: LeftOut[]
}

export interface UnpackLimits {
  /** Of the archive itself; bytes. */
  archive: number
  /** Of all that is in it; bytes. */
  unpacked: number
  files: number
}

/**
 * A page holds all of it in memory, a phone too. What an archive says of a file's size is believed and kept to: a file is
 * unpacked into just as many bytes.
 */
export const unpackLimits: UnpackLimits = { archive: 200 << 20, unpacked: 400 << 20, files: 5_000 }

/** As many at once as do not hold up the page. */
const atOnce = 20
const wanted = /\.(md|markdown|txt|png|jpe?g|gif|webp|avif)$/i

const breath = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))

/** Unpacks Markdown and pictures; null: this is no archive that can be read. */
export async function unpack(
  archive: Uint8Array<ArrayBuffer>,
  ended: AbortSignal,
  limits: UnpackLimits = unpackLimits,
): Promise<Unpacked | null> {
  const leftOut: LeftOut[] = []
  if (archive.length > limits.archive) return { files: new Map(), leftOut: [{ path: '', why: 'too-large' }] }
  const chosen = new Map<string, string>()
  let size = 0
  const choose = ({ name, originalSize, compression }: UnzipFileInfo): boolean => {
    if (name.endsWith('/') || isHidden(name)) return false
    const path = safePath(name)
    const why = whyNot()
    if (why !== null) leftOut.push({ path: name.slice(0, 200), why })
    else if (path !== null) {
      chosen.set(name, path)
      size += originalSize
    }
    return false

    function whyNot(): LeftOutWhy | null {
      if (path === null) return 'unsafe-path'
      if (!wanted.test(path)) return 'other-kind'
      // Stored and deflated; others are of no program that people use.
      if (compression !== 0 && compression !== 8) return 'packed'
      if (chosen.size >= limits.files) return 'too-many'
      return size + originalSize > limits.unpacked ? 'too-large' : null
    }
  }
  try {
    unzipSync(archive, { filter: choose })
  } catch {
    return null
  }
  const files = new Map<string, Uint8Array<ArrayBuffer>>()
  const names = [...chosen.keys()]
  for (let from = 0; from < names.length && !ended.aborted; from += atOnce) {
    const some = names.slice(from, from + atOnce)
    // One that is damaged takes the others with it: then each by itself.
    const together = unpackSome(archive, some)
    for (const name of some) {
      const path = chosen.get(name) ?? name
      const bytes = (together ?? unpackSome(archive, [name]))?.[name]
      if (bytes === undefined) leftOut.push({ path, why: 'damaged' })
      else files.set(path, new Uint8Array(bytes))
    }
    await breath()
  }
  return { files, leftOut }
}

function unpackSome(archive: Uint8Array<ArrayBuffer>, names: readonly string[]): Record<string, Uint8Array> | null {
  try {
    return unzipSync(archive, { filter: ({ name }) => names.includes(name) })
  } catch {
    return null
  }
}
