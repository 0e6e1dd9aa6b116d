import type { Limits } from '../config/index.ts'

/** The limits that an operator sets and this room keeps [LIMIT-1]. */
export type SyncLimits = Pick<
  Limits,
  | 'socketsPerUser'
  | 'frameBytes'
  | 'framesPerSecond'
  | 'bytesPerSecond'
  | 'editsPerSecond'
  | 'channelsPerSocket'
  | 'awarenessBytes'
  | 'documentBytes'
  | 'workspaceBytes'
  | 'unjournalledBytes'
  | 'bufferedBytes'
>

/** What nobody needs to change. Sizes in bytes. */
export const bounds = {
  /** Client ids of one person in one document: a page that is opened takes one. */
  clientIdsPerUser: 20_000,
  /** Client ids with new text in one update: one for each page that wrote offline. */
  clientIdsPerUpdate: 500,
  /** Client ids with an awareness state in one session; a provider has one. */
  awarenessIdsPerSession: 4,
  /** Types inside of types, and values inside of values. Deeper ones overflow the stack of whoever walks them. */
  nesting: 200,
  /** [LIMIT-4] States of a larger channel are renewed so many at a time, not all to all in one second. */
  renewedAtOnce: 100,
  /** The last clock of a client id: no person writes two billion characters in one page. */
  clock: 2 ** 31 - 1,
  /** Frames that wait while a channel is joined, or for a SyncStep2: the provider queues what was typed meanwhile. */
  waitingFrames: 1_000,
  waitingBytes: 32 << 20,
  /** What a socket may send before it is known whose it is; @hocuspocus/server takes 5 MB. */
  strangerBytes: 8 << 20,
  /** Each SyncStep1 costs the encoding of what the client lacks. A second, and at once. */
  syncStep1: { perSecond: 1, burst: 10 },
  /** Frames for channels that are closed: those that were on their way. */
  strayFrames: 1_000,
  refusedTokens: 20,
  /** Broadcasts of one commit are merged up to here, so that a paste does not make one giant frame of many. */
  mergedBytes: 1 << 20,
} as const

/** How long things may take, in milliseconds. */
export const patience = {
  /** A socket whose first token has not come. */
  firstToken: 10_000,
  /** [SAVE-3] An early update whose SyncStep2 does not come; a second missing dependency within it closes. */
  dependencies: 10_000,
  /** [ACCESS-4] The next token is asked for this long before the old one ends, and awaited this long after. */
  tokenAhead: 60_000,
  tokenGrace: 60_000,
  /** A refused session whose last answers are held by a journal that does not write. */
  refusal: 5_000,
  /** An update that was on its way when its author became a reader is refused without closing. */
  demotion: 5_000,
  /** Between pings; a socket that answers none of two is gone. */
  ping: 25_000,
  /** [LIMIT-4] Unchanged presence leaves again after this; clients forget after 30 s. */
  renewal: 20_000,
  /** [ACCESS-2] A recheck of access that cannot be done ends in a closed channel after this. */
  recheck: 4_000,
  /** A request that waits for text to be on disk; the journal may stand still for longer. */
  commit: 10_000,
  /** Between two weighings of a document that looks too large: each encodes all of it. */
  weighing: 60_000,
  /** What the documents of a workspace take is counted again after this, while somebody writes in it. */
  counting: 3_600_000,
  /** A claim or an unload that failed is tried again after this. */
  retry: 1_000,
} as const
