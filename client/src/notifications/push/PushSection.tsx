import { BellRing, CircleAlert } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, toastProblem } from '../../kit/index.ts'
import { type PushState, pushState, switchPushOff, switchPushOn } from './push.ts'

/** Push to this browser: switched on by the person alone, and why it cannot be had where it cannot. */
export function PushSection() {
  const { t } = useTranslation('notifications')
  const [state, setState] = useState<PushState | null>(null)
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    let wanted = true
    pushState().then(
      (now) => wanted && setState(now),
      () => wanted && setState('unsupported'),
    )
    return () => {
      wanted = false
    }
  }, [])
  const change = async (work: () => Promise<PushState>) => {
    setBusy(true)
    try {
      setState(await work())
    } catch (error) {
      // The browser's own push service may be out of reach; what it says of that helps nobody.
      if (error instanceof DOMException) setState('unsupported')
      else toastProblem(error)
    } finally {
      setBusy(false)
    }
  }
  if (state === null) return <div className="h-9" />
  const isPossible = state === 'on' || state === 'off'
  const Icon = isPossible ? BellRing : CircleAlert
  return (
    <div className="flex flex-wrap items-center gap-3 text-sm">
      <p role="status" className="flex min-w-0 flex-1 basis-60 items-start gap-2.5">
        <Icon size={20} aria-hidden className={`shrink-0 ${isPossible ? 'text-muted' : 'text-warning'}`} />
        <span className="text-pretty">{t(`push.${state}`)}</span>
      </p>
      {state === 'off' && (
        <Button busy={busy} onClick={() => void change(switchPushOn)}>
          {t('push.switchOn')}
        </Button>
      )}
      {state === 'on' && (
        <Button busy={busy} onClick={() => void change(switchPushOff)}>
          {t('push.switchOff')}
        </Button>
      )}
    </div>
  )
}
