import { useEffect, useRef } from 'react'
import { useLocation } from 'react-router'
import { panelNames, readStored, restorePanel, useShownPanel, writeStored } from '../kit/index.ts'
import { useWider } from './useWide.ts'

const key = 'weft-panel'

/** Whether a panel is open. Where there is room for it, it stays from page to page, and is there the next time too. */
export function useKeptPanel(): boolean {
  const wider = useWider()
  const { name, asked } = useShownPanel()
  const { pathname } = useLocation()
  // What was asked for in the other width is not what is remembered of this one.
  const askedIn = useRef(wider)
  useEffect(() => {
    if (askedIn.current && wider && asked) writeStored(key, name)
    askedIn.current = wider
  }, [wider, asked, name])
  useEffect(() => {
    const kept = wider ? readStored(key) : null
    restorePanel(panelNames.find((one) => one === kept) ?? null)
  }, [wider])
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever has gone somewhere is done with a sheet
  useEffect(() => {
    if (!wider) restorePanel(null)
  }, [pathname])
  return name !== null
}
