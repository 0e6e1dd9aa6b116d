import { PanelLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../kit/index.ts'
import { NotificationBell } from '../notifications/index.ts'
import { useFrame } from './frame.ts'
import { modKey } from './keys.ts'
import { useWide } from './useWide.ts'

/** The bar over a page; it has the way to the sidebar, and the bell, while that is hidden. */
export function Bar({ children }: { children: ReactNode }) {
  const { t } = useTranslation('app')
  const { sidebarShown, toggleSidebar } = useFrame()
  const wide = useWide()
  if (sidebarShown && children === null) return null
  return (
    <header className="sticky top-0 z-20 flex h-12 items-center gap-2 border-line border-b bg-canvas px-2 sm:px-3">
      {!sidebarShown && (
        <>
          <IconButton icon={PanelLeft} label={t('sidebar.show')} keys={`${modKey}.`} onClick={toggleSidebar} />
          <NotificationBell look="icon" wide={wide} />
        </>
      )}
      {children}
    </header>
  )
}
