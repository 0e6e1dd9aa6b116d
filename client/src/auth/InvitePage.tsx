import type { InvitePreview } from '@weft/shared/workspaces'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { api, Button, ErrorState, Loading, OfflineError, Skeleton } from '../kit/index.ts'
import { AuthFrame } from './AuthFrame.tsx'
import { FormProblem } from './FormProblem.tsx'
import { dropInvite, heldInvite, holdInvite, inviteIn } from './heldInvite.ts'
import { useSession } from './session.tsx'

/** "Ann invites you to Team X": the secret leaves the address at once, so that nobody reads it over a shoulder. */
export function InvitePage() {
  const { t } = useTranslation('auth')
  const { state } = useSession()
  const [token, setToken] = useState(() => inviteIn(window.location.hash) ?? heldInvite())
  const [preview, setPreview] = useState<InvitePreview | null>(null)
  const [error, setError] = useState<unknown>(null)
  useEffect(() => {
    const take = () => {
      const found = inviteIn(window.location.hash)
      if (found === null) return
      holdInvite(found)
      setToken(found)
      window.history.replaceState(window.history.state, '', '/invite')
    }
    take()
    window.addEventListener('hashchange', take)
    return () => window.removeEventListener('hashchange', take)
  }, [])
  const [asked, setAsked] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked` asks again
  useEffect(() => {
    if (token === null) return
    let wanted = true
    setError(null)
    api.workspaces.previewInvite({ token }).then(
      (found) => wanted && setPreview(found),
      (problem: unknown) => {
        if (!wanted) return
        setError(problem)
        if (!(problem instanceof OfflineError)) dropInvite()
      },
    )
    return () => {
      wanted = false
    }
  }, [token, asked])

  if (token === null || (error !== null && !(error instanceof OfflineError))) {
    return (
      <AuthFrame title={t('invite.gone')} text={t('invite.goneText')}>
        <Button asChild className="w-full">
          <Link to="/">{t('invite.home')}</Link>
        </Button>
      </AuthFrame>
    )
  }
  if (error !== null) {
    return (
      <AuthFrame title={t('invite.title')}>
        <ErrorState error={error} onRetry={() => setAsked(asked + 1)} />
      </AuthFrame>
    )
  }
  if (preview === null || state.status === 'asking') {
    return (
      <AuthFrame title={t('invite.title')}>
        <Loading>
          <Skeleton className="h-20" />
        </Loading>
      </AuthFrame>
    )
  }
  const words = { who: preview.invitedBy, workspace: preview.workspaceName }
  return (
    <AuthFrame title={t('invite.to', words)} text={t(`invite.as.${preview.role}`, words)}>
      {state.status !== 'signed-in' ? (
        <EnterFirst email={preview.email} />
      ) : preview.email !== null && preview.email !== state.account.email.toLowerCase() ? (
        <FormProblem text={t('invite.otherAddress', { email: preview.email, own: state.account.email })} />
      ) : (
        <Join token={token} name={state.account.name} />
      )}
    </AuthFrame>
  )
}

/** `email`: the only address that it admits. */
function EnterFirst({ email }: { email: string | null }) {
  const { t } = useTranslation('auth')
  return (
    <div className="flex flex-col gap-2">
      <Button asChild look="primary">
        <Link to={email === null ? '/sign-up' : `/sign-up?email=${encodeURIComponent(email)}`}>
          {t('invite.signUp')}
        </Link>
      </Button>
      <Button asChild>
        <Link to="/sign-in">{t('invite.signIn')}</Link>
      </Button>
    </div>
  )
}

function Join({ token, name }: { token: string; name: string }) {
  const { t } = useTranslation('auth')
  const navigate = useNavigate()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const join = async () => {
    setBusy(true)
    try {
      const workspace = await api.workspaces.acceptInvite({ token })
      dropInvite()
      await navigate(`/w/${workspace.id}`, { replace: true })
    } catch (problem) {
      setError(problem)
      setBusy(false)
    }
  }
  return (
    <div className="flex flex-col gap-3">
      {error !== null && <ErrorState error={error} />}
      <Button look="primary" busy={busy} onClick={join}>
        {t('invite.join', { name })}
      </Button>
    </div>
  )
}
