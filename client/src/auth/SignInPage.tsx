import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import { Button, Field } from '../kit/index.ts'
import { AuthFrame } from './AuthFrame.tsx'
import { signIn } from './accounts.ts'
import { FormProblem } from './FormProblem.tsx'
import { SingleSignOn } from './SingleSignOn.tsx'
import { useAccountForm } from './useAccountForm.ts'
import { useEnter } from './useEnter.ts'
import { useSignUpState } from './useSignUpState.ts'

export function SignInPage() {
  const { t } = useTranslation('auth')
  const { search } = useLocation()
  const enter = useEnter()
  const { state } = useSignUpState()
  const { errors, busy, onSubmit } = useAccountForm(['email', 'password'], async ({ email, password }) => {
    await signIn({ email, password })
    await enter()
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
        <FormProblem text={errors.form} />
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
      <SingleSignOn by={state?.singleSignOn} />
    </AuthFrame>
  )
}
