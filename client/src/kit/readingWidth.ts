import { useSyncExternalStore } from 'react'
import { readStored, writeStored } from './stored.ts'

/** How long the lines of a text may be on this device. */
export const readingWidths = ['narrow', 'normal', 'wide'] as const
export type ReadingWidth = (typeof readingWidths)[number]

const key = 'weft-reading-width'
const listeners = new Set<() => void>()

const read = (): ReadingWidth => readingWidths.find((width) => width === readStored(key)) ?? 'normal'

export function setReadingWidth(width: ReadingWidth): void {
  writeStored(key, width === 'normal' ? null : width)
  for (const listener of [...listeners]) listener()
}

export function useReadingWidth(): ReadingWidth {
  return useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, read)
}
