import { type FormEvent, lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Field, Skeleton } from '../kit/index.ts'
import { BackupCodes } from './BackupCodes.tsx'
import { PasswordStep } from './PasswordStep.tsx'
import { confirmTwoFactor, digitsOf, startTwoFactor, type TwoFactorStart } from './twoFactor.ts'
import { useAccountProblem } from './useAccountProblem.ts'

// Drawn once in the life of an account.
const QrCode = lazy(async () => ({ default: (await import('./QrCode.tsx')).QrCode }))

/** The way from a password alone to a password and a code: password, app, first code, backup codes. */
export function TwoFactorSetup({ onOn, onDone }: { onOn(): Promise<void>; onDone(): void }) {
  const { t } = useTranslation('auth')
  const [start, setStart] = useState<TwoFactorStart | null>(null)
  const [on, setOn] = useState(false)
  if (start === null) {
    return (
      <PasswordStep
        action={t('twoFactor.next')}
        onPassword={async (password) => setStart(await startTwoFactor(password))}
      />
    )
  }
  if (on) return <BackupCodes codes={start.backupCodes} onDone={onDone} />
  const confirmed = async () => {
    setOn(true)
    await onOn()
  }
  return <AppStep start={start} onConfirmed={confirmed} />
}

function AppStep({ start, onConfirmed }: { start: TwoFactorStart; onConfirmed(): Promise<void> }) {
  const { t } = useTranslation('auth')
  const say = useAccountProblem()
  const [error, setError] = useState<string | undefined>()
  const [busy, setBusy] = useState(false)

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const code = String(new FormData(event.currentTarget).get('code') ?? '')
    if (digitsOf(code).length !== 6) return setError(t('error.code'))
    setBusy(true)
    setError(undefined)
    try {
      await confirmTwoFactor(code)
      await onConfirmed()
    } catch (problem) {
      setError(say(problem))
      setBusy(false)
    }
  }

  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      <p className="text-pretty text-sm">{t('twoFactor.scan')}</p>
      <div className="self-center">
        <Suspense fallback={<Skeleton className="size-44" />}>
          <QrCode text={start.uri} label={t('twoFactor.picture')} />
        </Suspense>
      </div>
      <p className="text-pretty text-muted text-sm">
        {t('twoFactor.letters')}{' '}
        <code className="break-all text-ink" data-testid="two-factor-secret">
          {start.secret}
        </code>
      </p>
      <Field
        label={t('twoFactor.code')}
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={10}
        autoFocus
        error={error}
      />
      <Button type="submit" look="primary" busy={busy} className="self-end">
        {t('twoFactor.turnOn')}
      </Button>
    </form>
  )
}
