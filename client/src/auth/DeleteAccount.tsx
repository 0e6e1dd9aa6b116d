import { useQuery } from '@tanstack/react-query'
import type { Leaving } from '@weft/shared/workspaces'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api, Button, Dialog, ErrorState, Field, Loading, Skeleton } from '../kit/index.ts'
import { deleteAccount } from './accounts.ts'
import { FormProblem } from './FormProblem.tsx'
import { useAccount } from './session.tsx'
import { usePasswordProblem } from './useAccountProblem.ts'
import { useGone } from './useGone.ts'

interface DeleteProps {
  hasPassword: boolean
  /** Drops what other rooms keep of the person on this device. */
  forgetMore(): Promise<void>
}

/** The way out for good, behind a window that says what becomes of everything. */
export function DeleteAccount(props: DeleteProps) {
  const { t } = useTranslation('auth')
  const { ownsInstallation } = useAccount()
  const [open, setOpen] = useState(false)
  if (ownsInstallation) return <p className="text-muted text-sm">{t('deleteAccount.owner')}</p>
  return (
    <>
      <p className="mb-4 max-w-prose text-muted text-sm">{t('deleteAccount.text')}</p>
      <Button onClick={() => setOpen(true)}>{t('deleteAccount.start')}</Button>
      <Dialog open={open} onOpenChange={setOpen} title={t('deleteAccount.title')}>
        <Deletion {...props} />
      </Dialog>
    </>
  )
}

function Deletion(props: DeleteProps) {
  const { t } = useTranslation('auth')
  // Asked each time: who owns what may be another by now.
  const leaving = useQuery({ queryKey: ['leaving'], queryFn: () => api.workspaces.leaving(), staleTime: 0, gcTime: 0 })
  if (leaving.data === undefined) {
    return leaving.isError ? (
      <ErrorState error={leaving.error} onRetry={() => void leaving.refetch()} />
    ) : (
      <Loading>
        <Skeleton className="h-24" />
      </Loading>
    )
  }
  if (leaving.data.handOver.length === 0) return <DeletionForm {...props} alone={leaving.data.alone} />
  return (
    <div className="flex flex-col gap-3 text-sm">
      <p>{t('deleteAccount.handOver')}</p>
      <ul className="list-disc pl-5">
        {leaving.data.handOver.map(({ id, name }) => (
          <li key={id}>
            <Link to={`/w/${id}/members`} className="text-accent underline underline-offset-2">
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  )
}

function DeletionForm({ hasPassword, forgetMore, alone }: DeleteProps & { alone: Leaving['alone'] }) {
  const { t, i18n } = useTranslation('auth')
  const problemWith = usePasswordProblem()
  const gone = useGone(forgetMore)
  const [problem, setProblem] = useState<{ password?: string; form?: string }>({})
  const [busy, setBusy] = useState(false)
  const names = new Intl.ListFormat(i18n.language).format(alone.map(({ name }) => name))

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const password = String(new FormData(event.currentTarget).get('password') ?? '')
    if (hasPassword && password === '') return setProblem({ password: t('error.password') })
    setBusy(true)
    setProblem({})
    try {
      await deleteAccount(hasPassword ? password : null)
      await gone()
    } catch (error) {
      setProblem(problemWith(error))
      setBusy(false)
    }
  }

  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      <ul className="flex list-disc flex-col gap-1.5 pl-5 text-sm">
        <Point>{t('deleteAccount.stays')}</Point>
        {alone.length > 0 && <Point>{t('deleteAccount.alone', { count: alone.length, names })}</Point>}
        <Point>{t('deleteAccount.goes')}</Point>
        <Point>{t('deleteAccount.device')}</Point>
        <Point>{t('deleteAccount.forGood')}</Point>
      </ul>
      <FormProblem text={problem.form} />
      {hasPassword && (
        <Field
          label={t('password')}
          name="password"
          type="password"
          autoComplete="current-password"
          error={problem.password}
        />
      )}
      <Button type="submit" look="danger" busy={busy} className="self-end">
        {t('deleteAccount.action')}
      </Button>
    </form>
  )
}

const Point = ({ children }: { children: ReactNode }) => <li className="text-pretty">{children}</li>
