import { type DocumentRole, mayManage } from '../documents/index.ts'
import { atLeast, type MemberRole } from '../workspaces/index.ts'
import type { LinkReach, SharedLink } from './schema.ts'

/** Who may see, make, change and end the links of a document. */
export const mayManageLinks = (role: DocumentRole | null): boolean => mayManage(role)

/** Whom a link lets in where its workspace wants no document to be public: nobody from outside. */
export const reachWithin = (reach: LinkReach, publicLinks: boolean): LinkReach =>
  reach === 'anyone' && !publicLinks ? 'workspace' : reach

/** Whether search engines may list what a link shows. */
export const mayBeIndexed = ({ reach, hasPassword, indexed }: Pick<SharedLink, 'reach' | 'hasPassword' | 'indexed'>) =>
  indexed && reach === 'anyone' && !hasPassword

/** A link as it stands, with what its workspace says of links. */
export interface LinkState {
  reach: LinkReach
  expiresAt: number | null
  hasPassword: boolean
  ended: boolean
  publicLinks: boolean
}

/** Who has come with it. */
export interface LinkReader {
  /** Their role in the workspace; null: none, or nobody has signed in. */
  member: MemberRole | null
  /** What they may do with the document without the link. */
  role: DocumentRole | null
  gavePassword: boolean
}

/** What a link does for somebody. `nothing` is what an address that was made up does, too [ACCESS-3]. */
export type LinkAnswer = 'open' | 'password' | 'ended' | 'nothing'

/**
 * The one rule of links. Whoever is not meant hears nothing, not even that a link has ended. A password is asked of
 * everybody who is meant.
 */
export function linkAnswer(link: LinkState, reader: LinkReader, now: number): LinkAnswer {
  const reach = reachWithin(link.reach, link.publicLinks)
  const belongs = reader.member !== null && atLeast(reader.member, 'member')
  const meant = reader.role !== null || reach === 'anyone' || (reach === 'workspace' && belongs)
  if (!meant) return 'nothing'
  if (link.ended || (link.expiresAt !== null && link.expiresAt <= now)) return 'ended'
  return link.hasPassword && !reader.gavePassword ? 'password' : 'open'
}
