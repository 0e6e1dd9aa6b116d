import { closeSync, fsyncSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Histogram } from './histogram.ts'

const page = Buffer.alloc(4096, 'weft')
/** The file is written anew from here on, as a write-ahead log is after a checkpoint. In pages. */
const pagesInFile = 256

/** Writes 4 KB pages into a file in `folder`, each followed by fsync, and records how long each takes. */
export function measureFsync(folder: string, samples: number, into: Histogram): void {
  const path = join(folder, 'fsync-probe')
  const file = openSync(path, 'w')
  for (let sample = 0; sample < samples; sample++) {
    const start = performance.now()
    writeSync(file, page, 0, page.length, (sample % pagesInFile) * page.length)
    fsyncSync(file)
    into.record(performance.now() - start)
  }
  closeSync(file)
  rmSync(path)
}

/** Whether the folder lives in memory, where an fsync costs nothing and says nothing (`TMPFS_MAGIC`). */
export const isInMemory = (folder: string): boolean => statfsSync(folder).type === 0x01021994
