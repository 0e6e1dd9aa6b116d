import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AlertDialog, toastProblem } from '../kit/index.ts'
import { useLive } from '../live/index.ts'
import { signOut } from './accounts.ts'
import { useGone } from './useGone.ts'

/** Signs out: asks first when text would be lost with this device's copy. `forgetMore` drops what other rooms keep. */
export function useSignOut(forgetMore: () => Promise<void>): { start(): void; dialog: React.ReactNode } {
  const { t } = useTranslation('auth')
  const live = useLive()
  const gone = useGone(forgetMore)
  const [lost, setLost] = useState<{ unsent: number; aside: number; commands: number } | null>(null)
  const [busy, setBusy] = useState(false)

  const leave = useCallback(async () => {
    setBusy(true)
    try {
      await signOut()
      await gone()
    } catch (error) {
      toastProblem(error)
    } finally {
      setBusy(false)
      setLost(null)
    }
  }, [gone])

  const start = useCallback(async () => {
    const [unsent, aside, commands] = await Promise.all([live.unsent(), live.setAside(), live.outbox.waiting()])
    if (unsent.length + aside.length + commands === 0) await leave()
    else setLost({ unsent: unsent.length, aside: aside.length, commands })
  }, [live, leave])

  const dialog = (
    <AlertDialog
      open={lost !== null}
      onOpenChange={(open) => !open && setLost(null)}
      title={t('signOut.title')}
      description={
        <>
          {lost !== null && lost.unsent > 0 && <p>{t('signOut.unsent', { count: lost.unsent })}</p>}
          {lost !== null && lost.commands > 0 && (
            <p className="mt-1">{t('signOut.commands', { count: lost.commands })}</p>
          )}
          {lost !== null && lost.aside > 0 && <p className="mt-1">{t('signOut.aside', { count: lost.aside })}</p>}
        </>
      }
      action={t('signOut.anyway')}
      danger
      busy={busy}
      onAction={() => void leave()}
    />
  )
  return { start: () => void start(), dialog }
}
