import { PanelLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../kit/index.ts'
import { useFrame } from './frame.ts'
import { modKey } from './keys.ts'

/** The bar over a page; it has the way to the sidebar while that is hidden. */
export function Bar({ children }: { children: ReactNode }) {
  const { t } = useTranslation('app')
  const { sidebarShown, toggleSidebar } = useFrame()
  if (sidebarShown && children === null) return null
  return (
    <header className="sticky top-0 z-20 flex h-12 items-center gap-2 border-line border-b bg-canvas px-2 sm:px-3">
      {!sidebarShown && (
        <IconButton icon={PanelLeft} label={t('sidebar.show')} keys={`${modKey}.`} onClick={toggleSidebar} />
      )}
      {children}
    </header>
  )
}
