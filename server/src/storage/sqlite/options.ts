export interface SqliteOptions {
  /** Path of the database; its directory is made. A small `<file>.lock` beside it keeps a second process out. */
  file: string
  onLog?: (entry: { level: 'info' | 'warn' | 'error'; message: string }) => void
  /** The writer thread has ended by itself: nothing can be stored any more, the process should end. */
  onFatal?: (error: Error) => void
  /** Tests only: a disk that is full at so many pages of 4 KiB. */
  maxPages?: number
}
