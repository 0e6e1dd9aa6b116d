import { createContext, useContext } from 'react'

export interface Frame {
  sidebarShown: boolean
  toggleSidebar(): void
  /** Search, and all commands. */
  openPalette(): void
}

export const FrameContext = createContext<Frame>({
  sidebarShown: true,
  toggleSidebar: () => undefined,
  openPalette: () => undefined,
})
export const useFrame = (): Frame => useContext(FrameContext)
