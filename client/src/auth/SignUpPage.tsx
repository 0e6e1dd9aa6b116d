import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import { Button, ErrorState, Field, Loading, Skeleton } from '../kit/index.ts'
import { AuthFrame } from './AuthFrame.tsx'
import { signUp } from './accounts.ts'
import { FormProblem } from './FormProblem.tsx'
import { heldInvite } from './heldInvite.ts'
import { SingleSignOn } from './SingleSignOn.tsx'
import { useAccountForm } from './useAccountForm.ts'
import { useEnter } from './useEnter.ts'
import { useSignUpState } from './useSignUpState.ts'

export function SignUpPage() {
  const { t } = useTranslation('auth')
  const { search } = useLocation()
  const { state, error, retry } = useSignUpState()
  const invite = heldInvite()
  const below = (
    <>
      {t('signUp.hasAccount')}{' '}
      <Link to={`/sign-in${search}`} className="font-medium text-accent underline underline-offset-2">
        {t('signUp.toSignIn')}
      </Link>
    </>
  )
  if (error !== undefined) {
    return (
      <AuthFrame title={t('signUp.title')} below={below}>
        <ErrorState error={error} onRetry={retry} />
      </AuthFrame>
    )
  }
  if (state === undefined) {
    return (
      <AuthFrame title={t('signUp.title')}>
        <Loading>
          <Skeleton className="h-40" />
        </Loading>
      </AuthFrame>
    )
  }
  const { mode, singleSignOn } = state
  if (mode === 'invited' && invite === null) {
    return (
      <AuthFrame title={t('signUp.closed')} text={t('signUp.closedText')} below={below}>
        <Button asChild className="w-full">
          <Link to="/sign-in">{t('signIn.action')}</Link>
        </Button>
      </AuthFrame>
    )
  }
  const first = mode === 'first'
  return (
    <AuthFrame
      title={t(first ? 'signUp.first' : 'signUp.title')}
      text={first ? t('signUp.firstText') : invite !== null ? t('signUp.invitedText') : undefined}
      {...(first ? {} : { below })}
    >
      <SignUpForm invite={invite} email={new URLSearchParams(search).get('email') ?? ''} />
      <SingleSignOn by={singleSignOn} />
    </AuthFrame>
  )
}

/** `email`: the address that the invitation is for; empty: it is for any. */
function SignUpForm({ invite, email }: { invite: string | null; email: string }) {
  const { t } = useTranslation('auth')
  const enter = useEnter()
  const { errors, busy, onSubmit } = useAccountForm(['name', 'email', 'password'], async (person) => {
    await signUp(person, invite)
    await enter()
  })
  return (
    <form noValidate onSubmit={onSubmit} className="flex flex-col gap-4">
      <FormProblem text={errors.form} />
      <Field label={t('name')} name="name" autoComplete="name" maxLength={120} autoFocus error={errors.name} />
      <Field
        label={t('email')}
        name="email"
        type="email"
        autoComplete="email"
        defaultValue={email}
        readOnly={invite !== null && email !== ''}
        error={errors.email}
      />
      <Field
        label={t('password')}
        name="password"
        type="password"
        autoComplete="new-password"
        maxLength={128}
        hint={t('passwordHint')}
        error={errors.password}
      />
      <Button type="submit" look="primary" busy={busy}>
        {t('signUp.action')}
      </Button>
    </form>
  )
}
