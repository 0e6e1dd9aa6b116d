import type { ServerResponse } from 'node:http'
import type { WeftEvent } from '@weft/shared/events'
import { type UserId, WeftError, type WorkspaceId } from '@weft/shared/kit'
import { ActivityStream } from './ActivityStream.ts'
import type { ActivityDependencies } from './dependencies.ts'
import type { Reaching } from './reach.ts'
import { lastSeq, type ToldEntry } from './rows.ts'

/** Milliseconds; what is between closes a connection that is silent for a minute. */
const heartbeat = 10_000
const streamsPerUser = 20

/** Facts that are about nobody's rights; after all others, streams ask again what they may send. */
const harmless: ReadonlySet<WeftEvent['fact']['type']> = new Set([
  'workspace.renamed',
  'document.edited',
  'document.renamed',
  'invite.created',
  'invite.withdrawn',
])

export interface StreamRequest {
  userId: UserId
  workspaceId: WorkspaceId
  /** The sequence that the reader has; null: it wants what is new. */
  after: number | null
  /** Still signed in? Asked with each heartbeat. */
  isSignedIn(): Promise<boolean>
}

/** All readers of `…/activity/stream`. */
export function createStreams(deps: ActivityDependencies, reaching: Reaching) {
  const { storage, events, log } = deps
  const streams = new Map<ActivityStream, StreamRequest>()
  let stopped = false

  const forgetEvents = events.onEvent(({ scope, fact }) => {
    if (harmless.has(fact.type)) return
    for (const stream of streams.keys()) if (stream.workspaceId === scope) stream.recheck()
  })

  async function beat(stream: ActivityStream, request: StreamRequest): Promise<void> {
    const isSignedIn = await request.isSignedIn().catch(() => true)
    if (isSignedIn) stream.beat()
    else stream.end()
  }
  const timer = setInterval(() => {
    for (const [stream, request] of streams) {
      beat(stream, request).catch((error: unknown) => log.warn({ err: error }, 'a stream of activity got no heartbeat'))
    }
  }, heartbeat)
  timer.unref()

  return {
    /** Answers with the stream, until either side ends it. Rejects with what is answered instead. */
    async open(request: StreamRequest, response: ServerResponse): Promise<void> {
      const { userId, workspaceId } = request
      // Before the rights are asked: what happens from here on must not be missed.
      const newest = await lastSeq(storage.read, workspaceId)
      const reach = await reaching.reachOf(userId, workspaceId)
      const theirs = [...streams.keys()].filter((stream) => stream.userId === userId)
      if (theirs.length >= streamsPerUser) throw new WeftError('too-many', 'You have too many of these streams open.')
      if (stopped || response.destroyed) return void response.destroy()
      const reader = { userId, workspaceId, after: request.after ?? newest }
      const stream = new ActivityStream(reader, reach, response, deps, reaching)
      streams.set(stream, request)
      response.on('close', () => streams.delete(stream))
    },

    /** An entry has been written. */
    tell(workspaceId: WorkspaceId, entry: ToldEntry): void {
      for (const stream of streams.keys()) if (stream.workspaceId === workspaceId) stream.tell(entry)
    },

    /** Ends all of them; their readers come back. */
    stop(): void {
      stopped = true
      forgetEvents()
      clearInterval(timer)
      for (const stream of streams.keys()) stream.end()
    },
  }
}
