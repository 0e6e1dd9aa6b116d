import { RefreshCw } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../kit/index.ts'
import { useConnection, useLive } from '../live/index.ts'
import { lookForNewer, useAppVersion } from './appVersion.ts'
import './catalogue.ts'
import { freeToReload } from './freeToReload.ts'

/** While nobody looks at the page it is looked at this often whether it may reload by itself; ms. */
const lookEvery = 5_000

/**
 * A quiet line when there is a newer version of the application. Whoever does not want to reload now need not: the page
 * does it by itself once nobody looks at it and all of its text is on the server.
 */
export function NewVersionLine() {
  const { t } = useTranslation('offline')
  const live = useLive()
  const connection = useConnection()
  const { newer } = useAppVersion()
  // A server that comes back is often a newer one.
  useEffect(() => {
    if (connection === 'online') lookForNewer()
  }, [connection])
  useEffect(() => {
    if (!newer) return
    const reloadUnseen = async () => {
      if (document.visibilityState !== 'hidden' || live.onlyInPage || !freeToReload(document)) return
      if ((await live.unsent()).length === 0 && document.visibilityState === 'hidden') window.location.reload()
    }
    const timer = setInterval(() => void reloadUnseen(), lookEvery)
    document.addEventListener('visibilitychange', reloadUnseen)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', reloadUnseen)
    }
  }, [newer, live])
  if (!newer) return null
  return (
    <div
      role="status"
      data-testid="new-version"
      className="flex min-h-10 shrink-0 items-center gap-2 border-line border-t bg-sunken px-3 py-1 text-muted text-sm"
    >
      <RefreshCw size={16} aria-hidden className="shrink-0" />
      <span className="min-w-0 flex-1">{t('newer.text')}</span>
      <Button size="sm" onClick={() => window.location.reload()}>
        {t('newer.reload')}
      </Button>
    </div>
  )
}
