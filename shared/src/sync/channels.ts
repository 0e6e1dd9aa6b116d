import { DocumentId, isId, WorkspaceId } from '../kit/index.ts'
import { type WindowKindName, windowKinds } from './windows.ts'

/** The kinds of channel that exist today; `server/sync/channelKinds.ts` decides who may join and write each. */
export type Channel =
  | { kind: 'doc'; documentId: DocumentId; name: string }
  | { kind: 'presence'; workspaceId: WorkspaceId; name: string }
  | WindowChannel

/** A live view on tables; whose id it has depends on what is looked at. */
export interface WindowChannel {
  kind: 'window'
  window: WindowKindName
  id: string
  name: string
}

export const documentChannel = (documentId: DocumentId): string => `doc/${documentId}`
export const presenceChannel = (workspaceId: WorkspaceId): string => `presence/${workspaceId}`

/** The longest channel name: the longest kind, a slash and the longest id, with room. In characters. */
export const channelNameLimit = 64

/** Reads a channel's name; null for anything that is not one, however long or odd. */
export function parseChannel(name: string): Channel | null {
  if (name.length > channelNameLimit) return null
  const slash = name.indexOf('/')
  const id = name.slice(slash + 1)
  switch (name.slice(0, slash)) {
    case 'doc': {
      const documentId = DocumentId.safeParse(id)
      return documentId.success ? { kind: 'doc', documentId: documentId.data, name } : null
    }
    case 'presence': {
      const workspaceId = WorkspaceId.safeParse(id)
      return workspaceId.success ? { kind: 'presence', workspaceId: workspaceId.data, name } : null
    }
    default:
      return parseWindow(name, name.slice(0, slash), id)
  }
}

function parseWindow(name: string, kind: string, id: string): WindowChannel | null {
  const window = windowKinds.find((known) => known === kind)
  return window !== undefined && isId(id) ? { kind: 'window', window, id, name } : null
}
