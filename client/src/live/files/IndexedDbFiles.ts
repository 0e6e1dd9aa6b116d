import type { FileId } from '@weft/shared/kit'
import type { DeviceDatabase } from '../device/DeviceDatabase.ts'
import type { FileStore, WaitingFile } from './FileStore.ts'

/** `FileStore` in IndexedDB. Strict durability: what is said to be on this device survives a power cut. */
export class IndexedDbFiles implements FileStore {
  readonly #device: DeviceDatabase

  constructor(device: DeviceDatabase) {
    this.#device = device
  }

  async put(file: WaitingFile): Promise<void> {
    const transaction = (await this.#device.open()).transaction('files', 'readwrite', { durability: 'strict' })
    await Promise.all([transaction.store.put(file), transaction.done])
  }

  async get(fileId: FileId): Promise<WaitingFile | null> {
    return (await (await this.#device.open()).get('files', fileId)) ?? null
  }

  async forget(fileId: FileId): Promise<void> {
    const transaction = (await this.#device.open()).transaction('files', 'readwrite')
    await Promise.all([transaction.store.delete(fileId), transaction.done])
  }
}
