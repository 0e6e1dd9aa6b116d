import { createContext, useContext } from 'react'

export interface Frame {
  sidebarShown: boolean
  toggleSidebar(): void
}

export const FrameContext = createContext<Frame>({ sidebarShown: true, toggleSidebar: () => undefined })
export const useFrame = (): Frame => useContext(FrameContext)
