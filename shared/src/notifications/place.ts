import type { Notification } from './schema.ts'

/** In an address: the mention to show, of those in the text. */
export const mentionParameter = 'mention'

/** In an address: who can open the document is shown at once. */
export const shareParameter = 'share'

/** The path of the place that a notification speaks of; null: it has none, all that there is to say is in its row. */
export function placeOf({
  kind,
  workspaceId,
  documentId,
  detail,
}: Pick<Notification, 'kind' | 'workspaceId' | 'documentId' | 'detail'>): string | null {
  if (kind === 'security') return '/settings'
  if (kind === 'announcement' || workspaceId === null) return null
  const workspace = `/w/${workspaceId}`
  if (documentId !== null) {
    if (kind === 'access-request') return `${workspace}/d/${documentId}?${shareParameter}`
    const at = detail.mentionId === undefined ? '' : `?${mentionParameter}=${detail.mentionId}`
    return `${workspace}/d/${documentId}${at}`
  }
  return kind === 'invitation' ? `${workspace}/members` : workspace
}
