import { randomId, SharedLinkId, type UserId, WeftError, type WorkspaceId } from '@weft/shared/kit'
import {
  type ChangeLink,
  type CreateLink,
  type LinkReach,
  linksLimit,
  mayManageLinks,
  reachWithin,
  type SharedLink,
} from '@weft/shared/sharedLinks'
import { hashPassword } from 'better-auth/crypto'
import { requireDocument } from '../documents/index.ts'
import type { Reader } from '../storage/port.ts'
import { type Actor, readHead, readPublicLinks } from '../workspaces/index.ts'
import type { SharedLinksDependencies } from './dependencies.ts'
import type { LinkTokens } from './linkTokens.ts'
import { insertLink, type LinkChange, type LinkRow, readLink, readLinks, updateLink } from './store.ts'

type OnLink = Pick<ChangeLink, 'documentId' | 'linkId'>

const noLink = (): WeftError => new WeftError('not-found', 'There is no such link on this document: it has been ended.')

const hashed = async (password: string | null | undefined): Promise<string | null | undefined> =>
  typeof password === 'string' ? hashPassword(password) : password

/** The links of a document, for those who manage it. */
export function createLinkCommands(
  { storage, clock, commit }: Pick<SharedLinksDependencies, 'storage' | 'clock' | 'commit'>,
  tokens: LinkTokens,
) {
  const shown = ({ passwordHash, endedAt: _ended, ...link }: LinkRow): SharedLink => ({
    ...link,
    hasPassword: passwordHash !== null,
    url: tokens.url(link.id),
  })

  const managed = async (db: Reader, by: UserId, documentId: LinkRow['documentId']): Promise<WorkspaceId> =>
    (await requireDocument(db, by, documentId, mayManageLinks, 'archived-too')).workspaceId

  /** [ACCESS-1] The link stands on the document that is named beside it. */
  async function linkOn(db: Reader, { documentId, linkId }: OnLink): Promise<LinkRow> {
    const link = await readLink(db, linkId)
    if (link === undefined || link.documentId !== documentId || link.endedAt !== null) throw noLink()
    return link
  }

  async function checkReach(db: Reader, workspaceId: WorkspaceId, reach: LinkReach | undefined): Promise<void> {
    if (reach === undefined || reachWithin(reach, await readPublicLinks(db, workspaceId)) === reach) return
    throw new WeftError('not-permitted', 'This workspace has no links for people from outside.')
  }

  function checkExpiry(expiresAt: number | null | undefined): void {
    if (typeof expiresAt !== 'number' || expiresAt > clock.now()) return
    throw new WeftError('invalid-input', 'expiresAt: must be in the future.')
  }

  return {
    async list(by: UserId, documentId: LinkRow['documentId']): Promise<SharedLink[]> {
      await managed(storage.read, by, documentId)
      return (await readLinks(storage.read, documentId)).map(shown)
    },

    /** What is kept of the answer for a repeat is the id: the address is made anew [EVENT-4]. */
    async create(by: Actor, request: CreateLink): Promise<SharedLink> {
      const { documentId, reach, expiresAt, indexed } = request
      const { linkId } = await commit.unlessDone(by, async () => {
        const workspaceId = await managed(storage.read, by.userId, documentId)
        checkExpiry(expiresAt)
        const passwordHash = (await hashed(request.password)) ?? null
        const id = request.id ?? SharedLinkId.parse(randomId())
        return commit(by, workspaceId, async (tx, say) => {
          await managed(tx, by.userId, documentId)
          await checkReach(tx, workspaceId, reach)
          const there = await readLink(tx, id)
          if (there !== undefined) {
            const same = there.createdBy === by.userId && there.documentId === documentId && there.endedAt === null
            if (same) return { linkId: id }
            throw new WeftError('conflict', 'This id is taken: make a new one.')
          }
          if ((await readLinks(tx, documentId)).length >= linksLimit)
            throw new WeftError('conflict', `A document has at most ${linksLimit} links: end one of them.`)
          const made = { createdBy: by.userId, createdAt: clock.now(), endedAt: null }
          await insertLink(tx, { id, documentId, reach, expiresAt, passwordHash, indexed, ...made })
          await say({ type: 'document.link-made', documentId, linkId: id, reach })
          return { linkId: id }
        })
      })
      return shown(await linkOn(storage.read, { documentId, linkId }))
    },

    async change(by: Actor, { documentId, linkId, password, ...change }: ChangeLink): Promise<SharedLink> {
      await commit.unlessDone(by, async () => {
        const workspaceId = await managed(storage.read, by.userId, documentId)
        await linkOn(storage.read, { documentId, linkId })
        checkExpiry(change.expiresAt)
        const passwordHash = await hashed(password)
        return commit(by, workspaceId, async (tx, say) => {
          await managed(tx, by.userId, documentId)
          const link = await linkOn(tx, { documentId, linkId })
          await checkReach(tx, workspaceId, change.reach)
          const wanted: LinkChange = { ...change, ...(passwordHash === undefined ? {} : { passwordHash }) }
          const changed = Object.entries(wanted).filter(
            ([name, value]) => value !== undefined && value !== link[name as keyof LinkChange],
          )
          if (changed.length === 0) return { linkId }
          await updateLink(tx, linkId, Object.fromEntries(changed))
          await say({ type: 'document.link-changed', documentId, linkId, reach: change.reach ?? link.reach })
          return { linkId }
        })
      })
      return shown(await linkOn(storage.read, { documentId, linkId }))
    },

    /** For good: its address never opens anything again. */
    async end(by: Actor, { documentId, linkId }: OnLink): Promise<{ seq: number }> {
      return commit.unlessDone(by, async () => {
        const workspaceId = await managed(storage.read, by.userId, documentId)
        return commit(by, workspaceId, async (tx, say) => {
          await managed(tx, by.userId, documentId)
          const link = await readLink(tx, linkId)
          if (link === undefined || link.documentId !== documentId) throw noLink()
          if (link.endedAt !== null) return { seq: await readHead(tx, workspaceId) }
          await updateLink(tx, linkId, { endedAt: clock.now() })
          return { seq: await say({ type: 'document.link-ended', documentId, linkId }) }
        })
      })
    },
  }
}
export type LinkCommands = ReturnType<typeof createLinkCommands>
