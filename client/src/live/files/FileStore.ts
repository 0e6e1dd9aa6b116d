import type { FileId } from '@weft/shared/kit'

/** A file that was added here and is not known to be on the server. */
export interface WaitingFile {
  fileId: FileId
  bytes: Uint8Array<ArrayBuffer>
  /** Its media type. */
  type: string
}

/** Files on this device, of one person, until they are sent. Promises resolve when it is on the disk. */
export interface FileStore {
  put(file: WaitingFile): Promise<void>
  get(fileId: FileId): Promise<WaitingFile | null>
  forget(fileId: FileId): Promise<void>
}
