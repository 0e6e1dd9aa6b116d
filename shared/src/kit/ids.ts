import { z } from 'zod'

/**
 * Ids are made by whoever creates a thing, clients included, so that things can be made offline.
 * 21 characters of [A-Za-z0-9] are 125 random bits; accounts get theirs (32 characters) from the account library.
 * The lower bound keeps out names that mean something to JavaScript (`__proto__`, `constructor`).
 */
const idPattern = /^[A-Za-z0-9_-]{16,40}$/

const idSchema = <B extends string>(brand: B) =>
  z.string().regex(idPattern, `not a ${brand}`).brand<B>().describe(`A ${brand}: 16 to 40 of [A-Za-z0-9_-].`)

export const UserId = idSchema('user id')
export type UserId = z.infer<typeof UserId>
export const WorkspaceId = idSchema('workspace id')
export type WorkspaceId = z.infer<typeof WorkspaceId>
export const DocumentId = idSchema('document id')
export type DocumentId = z.infer<typeof DocumentId>
export const FileId = idSchema('file id')
export type FileId = z.infer<typeof FileId>
export const InviteId = idSchema('invite id')
export type InviteId = z.infer<typeof InviteId>
export const MentionId = idSchema('mention id')
export type MentionId = z.infer<typeof MentionId>
export const NotificationId = idSchema('notification id')
export type NotificationId = z.infer<typeof NotificationId>
export const AnnouncementId = idSchema('announcement id')
export type AnnouncementId = z.infer<typeof AnnouncementId>
export const ApiKeyId = idSchema('API key id')
export type ApiKeyId = z.infer<typeof ApiKeyId>
export const OriginId = idSchema('origin id')
export type OriginId = z.infer<typeof OriginId>
export const SharedLinkId = idSchema('shared link id')
export type SharedLinkId = z.infer<typeof SharedLinkId>
export const CommandId = idSchema('command id')
export type CommandId = z.infer<typeof CommandId>

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** Whether a text has the form of an id, of whatever. */
export const isId = (text: string): boolean => idPattern.test(text)

/** 21 characters of [A-Za-z0-9] from the platform's secure randomness; works outside of secure contexts too. */
export function randomId(): string {
  let id = ''
  while (id.length < 21) {
    for (const byte of crypto.getRandomValues(new Uint8Array(32))) {
      // 248 is the largest multiple of 62 below 256: dropping the rest keeps every character equally likely.
      if (byte < 248 && id.length < 21) id += alphabet[byte % 62]
    }
  }
  return id
}
