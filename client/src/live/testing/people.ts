import { DocumentId, randomId, UserId } from '@weft/shared/kit'
import type { SocketToken } from '@weft/shared/sync'
import { onTestFinished, vi } from 'vitest'
import { createLive, type Live, type LiveOptions } from '../Live.ts'
import { standInPage } from './page.ts'
import type { TestPeer } from './TestPeer.ts'

export const someDocument = (): DocumentId => DocumentId.parse(randomId())
export const someUser = (): UserId => UserId.parse(randomId())

/** Makes `peer` what this page's sockets connect to, until the test is over. */
export function connectTo(peer: TestPeer): void {
  standInPage()
  const { CONNECTING, OPEN, CLOSING, CLOSED } = { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 }
  vi.stubGlobal('WebSocket', Object.assign(peer.WebSocket, { CONNECTING, OPEN, CLOSING, CLOSED }))
  onTestFinished(() => {
    vi.unstubAllGlobals()
  })
}

/** A page of `userId`; ended with the test. Backoff draws 0: reconnects come at once. */
export function page(userId: UserId, options: Partial<LiveOptions> = {}): Live {
  let tokens = 0
  const fetchToken = async (): Promise<SocketToken> => ({
    token: `token-${++tokens}`,
    expiresAt: Date.now() + 600_000,
  })
  const clock = {
    now: () => Date.now(),
    after: (ms: number, run: () => void) => {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
    random: () => 0.001,
  }
  const live = createLive({
    account: { id: userId },
    url: 'ws://peer.test/sync',
    fetchToken,
    clock,
    fallback: false,
    ...options,
  })
  onTestFinished(() => live.end())
  return live
}
