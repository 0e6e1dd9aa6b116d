import type { SignedInDevice } from '@weft/shared/auth'
import { Monitor, Smartphone } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button, toastProblem } from '../kit/index.ts'
import { deviceWords } from './deviceWords.ts'
import { useSignOutDevices } from './useSecurity.ts'

/** Where one is signed in, with the way out of each but this one. */
export function DeviceList({ devices }: { devices: readonly SignedInDevice[] }) {
  const { t } = useTranslation('auth')
  const others = useSignOutDevices()
  return (
    <div className="flex flex-col items-start gap-4">
      <ul className="w-full divide-y divide-line border-line border-y" data-testid="devices">
        {devices.map((device) => (
          <DeviceRow key={device.id} device={device} />
        ))}
      </ul>
      {devices.length > 1 && (
        <Button busy={others.isPending} onClick={() => others.mutate('others', { onError: toastProblem })}>
          {t('devices.others')}
        </Button>
      )}
    </div>
  )
}

function DeviceRow({ device }: { device: SignedInDevice }) {
  const { t, i18n } = useTranslation('auth')
  const signOut = useSignOutDevices()
  const { browser, system, isPhone } = deviceWords(device.userAgent ?? '')
  const name =
    browser !== null && system !== null
      ? t('devices.name', { browser, system })
      : (browser ?? system ?? t('devices.unknown'))
  const day = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium' })
  const Icon = isPhone ? Smartphone : Monitor
  return (
    <li className="flex min-h-14 items-center gap-3 py-2">
      <Icon size={20} aria-hidden className="shrink-0 text-faint" />
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium text-sm">{name}</p>
        <p className="truncate text-muted text-xs">
          {device.current ? t('devices.current') : t('devices.used', { when: day.format(device.usedAt) })}
        </p>
      </div>
      {!device.current && (
        <Button
          size="sm"
          aria-label={t('devices.signOutNamed', { name })}
          busy={signOut.isPending}
          onClick={() => signOut.mutate({ id: device.id }, { onError: toastProblem })}
        >
          {t('devices.signOut')}
        </Button>
      )}
    </li>
  )
}
