import type { UserId, WorkspaceId } from '@weft/shared/kit'
import type { ServerWord } from '@weft/shared/sync'
import type { EventLog } from '../events/index.ts'
import type { Clock } from '../kit/clock.ts'
import type { Log } from '../kit/logger.ts'
import type { Storage } from '../storage/port.ts'
import type { Commit } from '../workspaces/index.ts'
import type { DocumentTexts } from './textPort.ts'

export interface DocumentsDependencies {
  storage: Storage
  clock: Clock
  log: Log
  events: Pick<EventLog, 'append'>
  commit: Commit
  /** The room that keeps the text comes to life after this one. */
  texts(): DocumentTexts
  /** Says a word to all open pages of a workspace. */
  tellAll(workspaceId: WorkspaceId, word: ServerWord): void
  /** Says a word to a person's own pages in a workspace. */
  tellPerson(workspaceId: WorkspaceId, userId: UserId, word: ServerWord): void
  /** A document is not made larger than this, in bytes of update. */
  documentBytes: number
  /** How long one text may take to be read from or written as Markdown. Milliseconds. */
  markdownMs: number
}
