import { LinkPassword, type SharedLink } from '@weft/shared/sharedLinks'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Field, problemText, toastProblem } from '../kit/index.ts'
import { useSetPassword } from './queries.ts'

/** Nobody can read a password again; it can be changed, and done without. */
export function SharedLinkPassword({ link }: { link: SharedLink }) {
  const { t } = useTranslation('sharedLinks')
  const { t: inKit } = useTranslation('kit')
  const set = useSetPassword(link.documentId, link.id)
  const [writing, setWriting] = useState(false)
  const [password, setPassword] = useState('')
  const [short, setShort] = useState(false)
  const close = () => {
    setWriting(false)
    setPassword('')
    setShort(false)
    set.reset()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const fits = LinkPassword.safeParse(password).success
    setShort(!fits)
    if (fits) set.mutate(password, { onSuccess: close })
  }
  if (writing) {
    const problem = short ? t('password.short') : set.isError ? problemText(set.error, inKit) : undefined
    return (
      <form noValidate onSubmit={submit} className="flex flex-col gap-2">
        <Field
          label={t('password.new')}
          type="password"
          autoComplete="new-password"
          autoFocus
          maxLength={128}
          value={password}
          error={problem}
          onChange={(event) => setPassword(event.target.value)}
        />
        <div className="flex justify-end gap-2">
          <Button size="sm" onClick={close}>
            {t('cancel')}
          </Button>
          <Button size="sm" type="submit" look="primary" busy={set.isPending}>
            {t('password.save')}
          </Button>
        </div>
      </form>
    )
  }
  return (
    <div className="flex flex-wrap items-center justify-between gap-2">
      <span>{t(link.hasPassword ? 'password.has' : 'password.hasNone')}</span>
      <span className="flex gap-2">
        {link.hasPassword && (
          <Button size="sm" busy={set.isPending} onClick={() => set.mutate(null, { onError: toastProblem })}>
            {t('password.remove')}
          </Button>
        )}
        <Button size="sm" onClick={() => setWriting(true)}>
          {t(link.hasPassword ? 'password.change' : 'password.set')}
        </Button>
      </span>
    </div>
  )
}
