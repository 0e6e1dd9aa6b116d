import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import { Button, Field } from '../kit/index.ts'
import { AuthFrame } from './AuthFrame.tsx'
import { signIn } from './accounts.ts'
import { CodeForm } from './CodeForm.tsx'
import { FormProblem } from './FormProblem.tsx'
import { PasskeySignIn } from './PasskeySignIn.tsx'
import { SingleSignOn } from './SingleSignOn.tsx'
import { useAccountForm } from './useAccountForm.ts'
import { useEnter } from './useEnter.ts'
import { useSignUpState } from './useSignUpState.ts'

export function SignInPage() {
  const { t } = useTranslation('auth')
  const enter = useEnter()
  const [asksCode, setAsksCode] = useState(false)
  /** Why one is back at the password. */
  const [over, setOver] = useState<string | undefined>()
  if (!asksCode) return <PasswordPage problem={over} onIn={enter} onCode={() => setAsksCode(true)} />
  const startAgain = (text: string | undefined) => {
    setOver(text)
    setAsksCode(false)
  }
  return (
    <AuthFrame
      title={t('code.title')}
      text={t('code.text')}
      below={
        <Button look="plain" size="sm" onClick={() => startAgain(undefined)}>
          {t('code.back')}
        </Button>
      }
    >
      <CodeForm onIn={enter} onOver={startAgain} />
    </AuthFrame>
  )
}

function PasswordPage(props: { problem: string | undefined; onIn(): Promise<void>; onCode(): void }) {
  const { t } = useTranslation('auth')
  const { search } = useLocation()
  const { state } = useSignUpState()
  const { errors, busy, onSubmit } = useAccountForm(['email', 'password'], async ({ email, password }) => {
    if ((await signIn({ email, password })) === 'code') props.onCode()
    else await props.onIn()
  })
  return (
    <AuthFrame
      title={t('signIn.title')}
      below={
        <>
          {t('signIn.noAccount')}{' '}
          <Link to={`/sign-up${search}`} className="font-medium text-accent underline underline-offset-2">
            {t('signIn.toSignUp')}
          </Link>
        </>
      }
    >
      <form noValidate onSubmit={onSubmit} className="flex flex-col gap-4">
        <FormProblem text={errors.form ?? props.problem} />
        <Field label={t('email')} name="email" type="email" autoComplete="email" autoFocus error={errors.email} />
        <Field
          label={t('password')}
          name="password"
          type="password"
          autoComplete="current-password"
          error={errors.password}
        />
        <Button type="submit" look="primary" busy={busy}>
          {t('signIn.action')}
        </Button>
      </form>
      <PasskeySignIn onIn={props.onIn} />
      <SingleSignOn by={state?.singleSignOn} />
    </AuthFrame>
  )
}
