import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Field } from '../kit/index.ts'
import { FormProblem } from './FormProblem.tsx'
import { useAccount } from './session.tsx'
import { usePasswordProblem } from './useAccountProblem.ts'

/** The password, before something that only the person themselves may do. */
export function PasswordStep(props: { action: string; danger?: boolean; onPassword(password: string): Promise<void> }) {
  const { t } = useTranslation('auth')
  const problemWith = usePasswordProblem()
  const { email } = useAccount()
  const [problem, setProblem] = useState<{ password?: string; form?: string }>({})
  const [busy, setBusy] = useState(false)

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const password = String(new FormData(event.currentTarget).get('password') ?? '')
    if (password === '') return setProblem({ password: t('error.password') })
    setBusy(true)
    setProblem({})
    try {
      await props.onPassword(password)
    } catch (error) {
      setProblem(problemWith(error))
    } finally {
      setBusy(false)
    }
  }

  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      <FormProblem text={problem.form} />
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <Field
        label={t('password')}
        name="password"
        type="password"
        autoComplete="current-password"
        autoFocus
        error={problem.password}
      />
      <Button type="submit" look={props.danger ? 'danger' : 'primary'} busy={busy} className="self-end">
        {props.action}
      </Button>
    </form>
  )
}
