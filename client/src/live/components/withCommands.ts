import type { Connection, SaveState } from '../types.ts'

/** What is true of text and of commands together: nothing is saved while a command of this person's is not. */
export function withCommands(
  save: SaveState,
  page: { connection: Connection; waiting: number; onlyInPage: boolean },
): SaveState {
  if (page.waiting === 0 || save.word === 'not-saved') return save
  if (page.connection === 'offline' && page.onlyInPage) return { word: 'not-saved', why: 'device-store' }
  // Offline the word says where the changes are: on this device.
  return save.word === 'saved' && page.connection !== 'offline' ? { word: 'saving' } : save
}
