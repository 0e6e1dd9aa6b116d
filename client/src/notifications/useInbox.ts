import { windowChannel } from '@weft/shared/sync'
import { useMemo } from 'react'
import { useLive, useOutbox, useWindow, type WindowView } from '../live/index.ts'
import { type InboxState, stateOf, withCommands } from './inboxState.ts'

export interface Inbox extends InboxState, Pick<WindowView, 'live' | 'closed'> {}

/** One's inbox: live while there is a connection, as last seen without, and with what was done here since. */
export function useInbox(): Inbox {
  const { userId } = useLive()
  const view = useWindow(windowChannel('inbox', userId))
  const commands = useOutbox()
  const { entries, meta, live, closed } = view
  const state = useMemo(() => stateOf({ entries, meta }), [entries, meta])
  return useMemo(() => ({ ...withCommands(state, commands), live, closed }), [state, commands, live, closed])
}
