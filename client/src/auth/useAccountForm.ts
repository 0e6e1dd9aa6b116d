import { WeftError } from '@weft/shared/kit'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemText } from '../kit/index.ts'
import { AccountError } from './accounts.ts'

export type FieldName = 'name' | 'email' | 'password'
export type FieldErrors = Partial<Record<FieldName | 'form', string>>

const fieldOf = {
  'email-taken': 'email',
  'bad-email': 'email',
  'password-too-short': 'password',
  'password-too-long': 'password',
  'wrong-password': 'form',
  'wrong-current-password': 'password',
  'no-password': 'form',
  'sign-in-again': 'form',
  'wrong-code': 'form',
  'wrong-backup-code': 'form',
  'start-again': 'form',
  locked: 'form',
  'two-factor-is-on': 'form',
  'passkey-unknown': 'form',
  'passkey-failed': 'form',
} as const

/** A form about an account: checks it in the browser first, then says what the server objects to, at the right field. */
export function useAccountForm(
  fields: readonly FieldName[],
  submit: (values: Record<FieldName, string>) => Promise<void>,
) {
  const { t } = useTranslation('auth')
  const { t: inKit } = useTranslation('kit')
  const [errors, setErrors] = useState<FieldErrors>({})
  const [busy, setBusy] = useState(false)

  const missing = (values: Record<FieldName, string>): FieldErrors => {
    const found: FieldErrors = {}
    if (fields.includes('name') && values.name.trim() === '') found.name = t('error.name')
    if (!/^[^\s@]+@[^\s@]+$/.test(values.email)) found.email = t('error.bad-email')
    if (values.password === '') found.password = t('error.password')
    else if (fields.includes('name') && values.password.length < 10) found.password = t('error.password-too-short')
    return found
  }

  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const data = new FormData(form)
    const read = (name: FieldName): string => String(data.get(name) ?? '')
    const values = { name: read('name').trim(), email: read('email').trim(), password: read('password') }
    const found = missing(values)
    setErrors(found)
    const first = fields.find((field) => found[field] !== undefined)
    if (first !== undefined) {
      form.querySelector<HTMLInputElement>(`[name="${first}"]`)?.focus()
      return
    }
    setBusy(true)
    try {
      await submit(values)
    } catch (error) {
      if (error instanceof AccountError) setErrors({ [fieldOf[error.problem]]: t(`error.${error.problem}`) })
      else
        setErrors({
          form:
            error instanceof WeftError && error.id === 'signed-out'
              ? t('error.wrong-password')
              : problemText(error, inKit),
        })
    } finally {
      setBusy(false)
    }
  }
  return { errors, busy, onSubmit }
}
