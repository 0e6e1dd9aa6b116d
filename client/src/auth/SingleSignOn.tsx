import type { SignUpState } from '@weft/shared/auth'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import { Button, problemText } from '../kit/index.ts'
import { signInElsewhere } from './accounts.ts'
import { FormProblem } from './FormProblem.tsx'
import { heldInvite } from './heldInvite.ts'
import { safePath } from './useEnter.ts'

/** The way in over the provider that the installation trusts; nothing where there is none. */
export function SingleSignOn({ by }: { by: SignUpState['singleSignOn'] | undefined }) {
  const { t } = useTranslation('auth')
  const { t: inKit } = useTranslation('kit')
  const { search } = useLocation()
  const asked = new URLSearchParams(search)
  // The provider, or the server after it, sends the person back here with what went wrong.
  const [problem, setProblem] = useState(asked.has('error') ? t('singleSignOnFailed') : undefined)
  if (!by) return null
  const invite = heldInvite()
  const next = invite === null ? safePath(asked.get('next')) : '/invite'
  const leave = () => {
    signInElsewhere(by.id, next, invite).catch((error: unknown) => setProblem(problemText(error, inKit)))
  }
  return (
    <div className="mt-4 flex flex-col gap-4 border-line border-t pt-4">
      <FormProblem text={problem} />
      <Button onClick={leave}>{t('singleSignOn', { name: by.name })}</Button>
    </div>
  )
}
