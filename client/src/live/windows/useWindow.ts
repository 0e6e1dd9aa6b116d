import { useEffect, useState } from 'react'
import { useLive } from '../LiveProvider.tsx'
import { emptyView, type WindowView } from './WindowView.ts'

/**
 * What a window shows, live while there is a connection and as last seen without; by its channel's name, null: none.
 * Without anything seen yet its `seq` is null.
 */
export function useWindow(channel: string | null): WindowView {
  const live = useLive()
  const [shown, setShown] = useState({ channel, view: emptyView })
  useEffect(() => {
    let leave: (() => void) | null = null
    let wanted = true
    const look = async (name: string) => {
      const rooms = await live.windows()
      if (!wanted) return
      const { room, letGo } = rooms.hold(name)
      const read = () => setShown({ channel: name, view: room.view })
      const stop = room.subscribe(read)
      leave = () => {
        stop()
        letGo()
      }
      read()
    }
    if (channel !== null) look(channel).catch(() => undefined)
    return () => {
      wanted = false
      leave?.()
    }
  }, [live, channel])
  // Of another channel, in the moment after the change: not this one's.
  return shown.channel === channel ? shown.view : emptyView
}
