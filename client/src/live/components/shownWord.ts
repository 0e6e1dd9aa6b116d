import type { CloseReason } from '@weft/shared/sync'
import type { Connection, SaveState } from '../types.ts'

export type Why = CloseReason | 'storage-stopped' | 'device-store'

export interface ShownWord {
  key: 'saved' | 'saving' | 'offline' | 'not-saved' | 'view-only'
  why?: Why
  detail?: string
  action?: 'retry' | 'reload'
}

const actions: Partial<Record<Why, 'retry' | 'reload'>> = {
  'signed-out': 'reload',
  'please-reload': 'reload',
  'malformed-frame': 'reload',
  'too-many-sockets': 'retry',
  'document-set-aside': 'retry',
  'workspace-full': 'retry',
  'not-found': 'retry',
  'access-removed': 'retry',
}

/** The word for people: what the record says, and whether the page is connected. */
export function shownWord(save: SaveState, page: { mayWrite: boolean; connection: Connection }): ShownWord {
  if (save.word === 'not-saved') {
    const action = actions[save.why]
    return {
      key: 'not-saved',
      why: save.why,
      ...(save.detail === undefined ? {} : { detail: save.detail }),
      ...(action === undefined ? {} : { action }),
    }
  }
  // All that is on the server is on the device too: offline says more than saved does.
  if (page.connection === 'offline' && save.word !== 'saving') return { key: 'offline', action: 'retry' }
  if (!page.mayWrite) return { key: 'view-only' }
  return { key: save.word }
}
