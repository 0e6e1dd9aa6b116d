import type { AccountSecurity } from '@weft/shared/auth'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import { Button, Dialog } from '../kit/index.ts'
import { BackupCodes } from './BackupCodes.tsx'
import { PasswordStep } from './PasswordStep.tsx'
import { TwoFactorSetup } from './TwoFactorSetup.tsx'
import { renewBackupCodes, stopTwoFactor } from './twoFactor.ts'
import { useSecurityChanged } from './useSecurity.ts'

type Task = 'turnOn' | 'turnOff' | 'newCodes'

/** Whether a sign-in asks for a code beside the password; turned on and off here. */
export function TwoFactor({ security }: { security: Pick<AccountSecurity, 'hasPassword' | 'twoFactor'> }) {
  const { t } = useTranslation('auth')
  const changed = useSecurityChanged()
  const [task, setTask] = useState<Task | null>(null)
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const { hasPassword, twoFactor } = security
  if (!hasPassword) return <p className="max-w-prose text-muted text-sm">{t('twoFactor.elsewhere')}</p>
  const close = () => {
    setTask(null)
    setCodes(null)
  }
  const turnOff = async (password: string) => {
    await stopTwoFactor(password)
    close()
    toast.success(t('twoFactor.isOff'))
    await changed()
  }
  const renew = async (password: string) => {
    setCodes(await renewBackupCodes(password))
    await changed()
  }
  return (
    <>
      <p className="mb-4 max-w-prose text-pretty text-muted text-sm" data-testid="two-factor">
        {twoFactor === null ? t('twoFactor.off') : t('twoFactor.on', { count: twoFactor.backupCodesLeft })}
      </p>
      <div className="flex flex-wrap gap-2">
        {twoFactor === null ? (
          <Button onClick={() => setTask('turnOn')}>{t('twoFactor.start')}</Button>
        ) : (
          <>
            <Button onClick={() => setTask('newCodes')}>{t('twoFactor.renew')}</Button>
            <Button onClick={() => setTask('turnOff')}>{t('twoFactor.stop')}</Button>
          </>
        )}
      </div>
      <Dialog open={task === 'turnOn'} onOpenChange={close} title={t('twoFactor.title')}>
        <TwoFactorSetup onOn={changed} onDone={close} />
      </Dialog>
      <Dialog
        open={task === 'turnOff'}
        onOpenChange={close}
        title={t('twoFactor.stopTitle')}
        description={t('twoFactor.stopText')}
      >
        <PasswordStep action={t('twoFactor.turnOff')} danger onPassword={turnOff} />
      </Dialog>
      <Dialog open={task === 'newCodes'} onOpenChange={close} title={t('backupCodes.title')}>
        {codes === null ? (
          <PasswordStep action={t('backupCodes.make')} onPassword={renew} />
        ) : (
          <BackupCodes codes={codes} onDone={close} />
        )}
      </Dialog>
    </>
  )
}
