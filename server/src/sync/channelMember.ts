import type { UserId } from '@weft/shared/kit'
import type { CloseReason, ServerWord } from '@weft/shared/sync'

/** A joined session, as its channel sees it. */
export interface ChannelMember {
  readonly userId: UserId
  /** Client ids whose awareness state came from this session. */
  readonly awarenessIds: readonly number[]
  /** Has the channel's text, and gets each update from here on. */
  readonly following: boolean
  /** Sends now; the body of a frame, without its address. */
  send(body: Uint8Array): void
  say(word: ServerWord): void
  /** A held frame of this session has left, and this was to follow. */
  released(then: 'follow' | 'close'): void
  close(reason: CloseReason): void
}

/** In whose name a Yjs transaction is; the only origin that the journal knows an author from. */
export class EditOrigin {
  readonly userId: UserId | null
  readonly member: ChannelMember | null

  constructor(userId: UserId | null, member: ChannelMember | null) {
    this.userId = userId
    this.member = member
  }
}
