import type { Person } from '@weft/shared/auth'
import type { DocumentId } from '@weft/shared/kit'
import { WorkspaceAwareness } from '@weft/shared/presence'
import type { Channel } from '@weft/shared/sync'
import type { ChannelMember } from './channelMember.ts'
import type { LiveChannel } from './liveChannel.ts'
import type { SyncServices } from './services.ts'

interface PresentSession extends ChannelMember {
  readonly channel: Channel
  readonly live: LiveChannel | null
  readonly isOpen: boolean
}

/** [ACCESS-5] What a page shows is said to the workspace only if every member may view that document. */
export class PresenceState {
  readonly #session: PresentSession
  readonly #services: SyncServices
  #latest: { clientId: number; state: WorkspaceAwareness } | null = null

  constructor(session: PresentSession, services: SyncServices) {
    this.#session = session
    this.#services = services
  }

  set(clientId: number, clean: { user: Person }): void {
    const latest = { clientId, state: WorkspaceAwareness.parse(clean) }
    const before = this.#latest
    // A renewal says what was said: nothing to look up.
    if (before?.clientId === clientId && JSON.stringify(before.state) === JSON.stringify(latest.state)) return
    this.#latest = latest
    this.#show(latest.state)
    void this.#name(latest)
  }

  /** The document that this page shows, while its person is there. */
  get shows(): DocumentId | null {
    const state = this.#latest?.state
    return state?.availability === 'online' ? state.documentId : null
  }

  recheck(): void {
    const latest = this.#latest
    if (latest === null || latest.state.documentId === null) return
    this.#show({ ...latest.state, documentId: null })
    void this.#name(latest)
  }

  /** Until it is known that all may see it, the document is not named. */
  #show(state: WorkspaceAwareness): void {
    if (this.#latest === null) return
    this.#session.live?.awareness.set(this.#session, this.#latest.clientId, { ...state, documentId: null })
  }

  async #name(latest: { clientId: number; state: WorkspaceAwareness }): Promise<void> {
    const { channel, live } = this.#session
    const { documentId } = latest.state
    if (documentId === null || channel.kind !== 'presence') return
    try {
      const visible = await this.#services.deps.isVisibleToAllMembers(documentId, channel.workspaceId)
      if (!visible || this.#latest !== latest || !this.#session.isOpen) return
      live?.awareness.set(this.#session, latest.clientId, latest.state)
    } catch (error) {
      this.#services.deps.log.warn({ err: error, documentId }, 'it is not known who may see a document')
    }
  }
}
