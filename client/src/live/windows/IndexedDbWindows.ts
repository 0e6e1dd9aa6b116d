import type { DeviceDatabase } from '../device/DeviceDatabase.ts'
import type { WindowStore, WindowView } from './WindowView.ts'

/** `WindowStore` in IndexedDB. */
export class IndexedDbWindows implements WindowStore {
  readonly #device: DeviceDatabase

  constructor(device: DeviceDatabase) {
    this.#device = device
  }

  async read(name: string): Promise<Pick<WindowView, 'entries' | 'meta'> | null> {
    const row = await (await this.#device.open()).get('windows', name)
    return row === undefined ? null : { entries: new Map(row.entries), meta: row.meta }
  }

  async write(name: string, { entries, meta }: Pick<WindowView, 'entries' | 'meta'>): Promise<void> {
    await (await this.#device.open()).put('windows', { name, entries: [...entries], meta: { ...meta } })
  }

  async forget(name: string): Promise<void> {
    await (await this.#device.open()).delete('windows', name)
  }
}
