import type { IncomingMessage } from 'node:http'
import type { Account } from '@weft/shared/auth'
import type { DocumentRole } from '@weft/shared/documents'
import { type LinkAnswer, linkAnswer } from '@weft/shared/sharedLinks'
import { admissionCookie } from './admission.ts'
import type { SharedLinksDependencies } from './dependencies.ts'
import type { LinkTokens } from './linkTokens.ts'
import { type PlacedLink, readPlacedLink } from './store.ts'

/** What a link does for whoever came with it. */
export type Opening =
  | { answer: Extract<LinkAnswer, 'open' | 'password'>; link: PlacedLink; role: DocumentRole | null }
  | { answer: Extract<LinkAnswer, 'ended' | 'nothing'>; isSignedIn: boolean }

/** Looks at the link of a request, each time anew: what has ended is ended for the next request. */
export function createOpening(
  { storage, clock, documents, memberRole, session }: SharedLinksDependencies,
  tokens: LinkTokens,
) {
  const roles = async (account: Account | null, { workspaceId, documentId }: PlacedLink) => ({
    member: account === null ? null : await memberRole(account.id, workspaceId),
    role: account === null ? null : await documents.roleOf(account.id, documentId),
  })

  return async function opening(request: IncomingMessage, token: string): Promise<Opening> {
    const linkId = tokens.read(token)
    const [account, link] = await Promise.all([
      session(request),
      linkId === null ? undefined : readPlacedLink(storage.read, linkId),
    ])
    const isSignedIn = account !== null
    if (link === undefined) return { answer: 'nothing', isSignedIn }
    const { passwordHash, endedAt } = link
    const held = admissionCookie(request)
    const gavePassword =
      passwordHash !== null && held !== null && tokens.isAdmitted(link.id, passwordHash, held, clock.now())
    const { member, role } = await roles(account, link)
    const state = { ...link, hasPassword: passwordHash !== null, ended: endedAt !== null }
    const answer = linkAnswer(state, { member, role, gavePassword }, clock.now())
    return answer === 'open' || answer === 'password' ? { answer, link, role } : { answer, isSignedIn }
  }
}
