import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import { Button, Field, problemText } from '../kit/index.ts'
import { changeName } from './accounts.ts'
import { useAccount, useSession } from './session.tsx'

export function ProfileForm() {
  const { t } = useTranslation('auth')
  const { t: inKit } = useTranslation('kit')
  const account = useAccount()
  const { check } = useSession()
  const client = useQueryClient()
  const [name, setName] = useState(account.name)
  const [error, setError] = useState<string | undefined>()
  const [busy, setBusy] = useState(false)
  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() === '') return setError(t('error.name'))
    setBusy(true)
    setError(undefined)
    try {
      await changeName(name.trim())
      await check()
      // Lists of people name this one too.
      void client.invalidateQueries()
      toast.success(t('profile.saved'))
    } catch (problem) {
      setError(problemText(problem, inKit))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form onSubmit={save} className="flex max-w-sm flex-col gap-4">
      <Field
        label={t('name')}
        value={name}
        maxLength={120}
        autoComplete="name"
        error={error}
        hint={t('profile.hint')}
        onChange={(event) => setName(event.target.value)}
      />
      <Field label={t('email')} value={account.email} disabled readOnly />
      <Button type="submit" className="self-start" busy={busy} disabled={name.trim() === account.name}>
        {t('profile.save')}
      </Button>
    </form>
  )
}
