import type { UserId } from '@weft/shared/kit'
import { createContext, type ReactNode, useContext } from 'react'
import { fetchToken, socketUrl } from './fetchToken.ts'
import { createLive, type Live } from './Live.ts'

const LiveContext = createContext<Live | null>(null)

/** The page's one. Not React's: it must outlive StrictMode's second mount, and there is one socket for each page. */
let current: Live | null = null

function liveFor(userId: UserId): Live {
  if (current !== null && current.userId === userId && !current.ended) return current
  void current?.end()
  current = createLive({ account: { id: userId }, url: socketUrl(window.location), fetchToken })
  return current
}

/** Gives what is below the live part of the page for `account`; `live` brings another one (tests, embeds). */
export function LiveProvider(props: { account: { id: UserId }; live?: Live; children: ReactNode }) {
  const live = props.live ?? liveFor(props.account.id)
  return <LiveContext value={live}>{props.children}</LiveContext>
}

/** The page's live part; throws outside of a `LiveProvider`. */
export function useLive(): Live {
  const live = useContext(LiveContext)
  if (live === null) throw new Error('missing: LiveProvider')
  return live
}
