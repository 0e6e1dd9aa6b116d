import { ArrowLeft } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate } from 'react-router'
import '../catalogue.ts'
import { Button } from '../../kit/index.ts'
import { usePageTitle } from '../../kit/usePageTitle.ts'
import { Centre } from './Centre.tsx'

const stay = () => undefined

/** One's notifications as a page of their own; on a phone they are always one. */
export function NotificationsPage() {
  const { t } = useTranslation('notifications')
  const navigate = useNavigate()
  // The page's first address has nothing of ours before it.
  const { key } = useLocation()
  usePageTitle(t('title'))
  return (
    <main className="mx-auto flex h-dvh w-full max-w-2xl flex-col border-line sm:border-x">
      <div className="flex shrink-0 items-center justify-between gap-2 px-2 pt-2">
        <Button look="plain" size="sm" onClick={() => void (key === 'default' ? navigate('/') : navigate(-1))}>
          <ArrowLeft size={16} aria-hidden />
          {t('back')}
        </Button>
      </div>
      <Centre look="page" onGone={stay} />
      <p className="hidden shrink-0 border-line border-t px-4 py-2 text-center text-faint text-xs pointer-fine:block">
        {t('keys')}
      </p>
    </main>
  )
}
