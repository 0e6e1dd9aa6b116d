import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import { Button, Field, problemText } from '../kit/index.ts'
import { Switch } from '../kit/Switch.tsx'
import { AccountError, changePassword } from './accounts.ts'
import { FormProblem } from './FormProblem.tsx'
import { useAccount } from './session.tsx'
import { useSignOutDevices } from './useSecurity.ts'

type Errors = Partial<Record<'current' | 'next' | 'form', string>>

/** A new password, for whoever knows the old one. */
export function PasswordForm() {
  const { t } = useTranslation('auth')
  const { t: inKit } = useTranslation('kit')
  const { email } = useAccount()
  const signOut = useSignOutDevices()
  const [errors, setErrors] = useState<Errors>({})
  const [busy, setBusy] = useState(false)
  const [others, setOthers] = useState(true)

  const objection = (problem: unknown): Errors => {
    if (!(problem instanceof AccountError)) return { form: problemText(problem, inKit) }
    const text = t(`error.${problem.problem}`)
    if (problem.problem === 'wrong-current-password') return { current: text }
    return problem.problem === 'no-password' ? { form: text } : { next: text }
  }

  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const data = new FormData(form)
    const [current, next] = [String(data.get('current') ?? ''), String(data.get('next') ?? '')]
    const found: Errors = {
      ...(current === '' ? { current: t('error.password') } : {}),
      ...(next.length < 10 ? { next: t('error.password-too-short') } : {}),
    }
    setErrors(found)
    const first = Object.keys(found)[0]
    if (first !== undefined) {
      form.querySelector<HTMLInputElement>(`[name="${first}"]`)?.focus()
      return
    }
    setBusy(true)
    try {
      await changePassword({ currentPassword: current, newPassword: next })
      form.reset()
      toast.success(t('changePassword.done'))
      // Not with the same call, which would end this device's own session too, and with it what its pages hold open.
      if (others) await signOut.mutateAsync('others').catch(() => setErrors({ form: t('changePassword.othersStay') }))
    } catch (problem) {
      setErrors(objection(problem))
    } finally {
      setBusy(false)
    }
  }

  return (
    <form noValidate onSubmit={save} className="flex max-w-sm flex-col gap-4">
      <FormProblem text={errors.form} />
      {/* For whoever keeps the passwords of this browser. */}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <Field
        label={t('changePassword.current')}
        name="current"
        type="password"
        autoComplete="current-password"
        maxLength={128}
        error={errors.current}
      />
      <Field
        label={t('changePassword.next')}
        name="next"
        type="password"
        autoComplete="new-password"
        maxLength={128}
        hint={t('passwordHint')}
        error={errors.next}
      />
      <div className="flex items-center justify-between gap-4 text-sm">
        <span aria-hidden>{t('changePassword.others')}</span>
        <Switch label={t('changePassword.others')} checked={others} onChange={setOthers} />
      </div>
      <Button type="submit" className="self-start" busy={busy}>
        {t('changePassword.action')}
      </Button>
    </form>
  )
}
