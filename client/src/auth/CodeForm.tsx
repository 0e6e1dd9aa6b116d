import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Field } from '../kit/index.ts'
import { Switch } from '../kit/Switch.tsx'
import { AccountError } from './accounts.ts'
import { FormProblem } from './FormProblem.tsx'
import { digitsOf, signInWithBackupCode, signInWithCode } from './twoFactor.ts'
import { useAccountProblem } from './useAccountProblem.ts'

interface CodeFormProps {
  onIn(): Promise<void>
  /** The sign-in is over, and begins with the password again; `text` says why. */
  onOver(text: string): void
}

/** The second half of a sign-in: a code of the app, or one of those that were put aside. */
export function CodeForm({ onIn, onOver }: CodeFormProps) {
  const { t } = useTranslation('auth')
  const say = useAccountProblem()
  const [backup, setBackup] = useState(false)
  const [remember, setRemember] = useState(false)
  const [problem, setProblem] = useState<{ code?: string; form?: string }>({})
  const [busy, setBusy] = useState(false)

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const code = String(new FormData(form).get('code') ?? '')
    if (backup ? code.trim() === '' : digitsOf(code).length !== 6) {
      return setProblem({ code: t(backup ? 'error.backupCode' : 'error.code') })
    }
    setBusy(true)
    setProblem({})
    try {
      await (backup ? signInWithBackupCode : signInWithCode)(code, remember)
      await onIn()
    } catch (error) {
      setBusy(false)
      const text = say(error)
      if (!(error instanceof AccountError)) return setProblem({ form: text })
      if (error.problem === 'start-again') return onOver(text)
      setProblem(error.problem === 'locked' ? { form: text } : { code: text })
      form.querySelector<HTMLInputElement>('[name="code"]')?.select()
    }
  }

  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      <FormProblem text={problem.form} />
      <Field
        key={String(backup)}
        label={t(backup ? 'code.backup' : 'twoFactor.code')}
        name="code"
        inputMode={backup ? 'text' : 'numeric'}
        autoComplete={backup ? 'off' : 'one-time-code'}
        autoCapitalize="off"
        spellCheck={false}
        maxLength={20}
        autoFocus
        hint={t(backup ? 'code.backupHint' : 'code.hint')}
        error={problem.code}
      />
      <div className="flex items-center justify-between gap-4 text-sm">
        <span aria-hidden>{t('code.remember')}</span>
        <Switch label={t('code.remember')} checked={remember} onChange={setRemember} />
      </div>
      <Button type="submit" look="primary" busy={busy}>
        {t('signIn.action')}
      </Button>
      <Button
        look="plain"
        onClick={() => {
          setBackup(!backup)
          setProblem({})
        }}
      >
        {t(backup ? 'code.useApp' : 'code.useBackup')}
      </Button>
    </form>
  )
}
