import type { WorkspaceId } from '@weft/shared/kit'
import type { Invite, MemberRole } from '@weft/shared/workspaces'
import { Link2, Mail, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, ErrorState, Loading, Skeleton, toastProblem } from '../kit/index.ts'
import { InviteDialog } from './InviteDialog.tsx'
import { useInvites, useWithdrawInvite } from './queries.ts'

/** The links by which people can come in, and how to make and withdraw one. */
export function Invites({ workspaceId, role }: { workspaceId: WorkspaceId; role: MemberRole }) {
  const { t } = useTranslation('workspaces')
  const invites = useInvites(workspaceId, true)
  const [inviting, setInviting] = useState(false)
  return (
    <section aria-labelledby="invites-title">
      <div className="mb-4 flex items-center justify-between gap-4">
        <h2 id="invites-title" className="font-semibold text-lg">
          {t('invites.title')}
        </h2>
        <Button look="primary" size="sm" onClick={() => setInviting(true)}>
          <Plus size={16} aria-hidden />
          {t('invites.create')}
        </Button>
      </div>
      {invites.data === undefined ? (
        invites.isError ? (
          <ErrorState error={invites.error} onRetry={() => void invites.refetch()} />
        ) : (
          <Loading>
            <Skeleton className="h-11" />
          </Loading>
        )
      ) : invites.data.length === 0 ? (
        <p className="rounded-lg border border-line border-dashed px-4 py-6 text-center text-muted text-sm">
          {t('invites.none')}
        </p>
      ) : (
        <ul className="divide-y divide-line border-line border-y" data-testid="invites">
          {invites.data.map((invite) => (
            <InviteRow key={invite.id} invite={invite} />
          ))}
        </ul>
      )}
      <InviteDialog workspaceId={workspaceId} role={role} open={inviting} onOpenChange={setInviting} />
    </section>
  )
}

function InviteRow({ invite }: { invite: Invite }) {
  const { t, i18n } = useTranslation('workspaces')
  const withdraw = useWithdrawInvite(invite.workspaceId)
  const until = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' })
  const uses =
    invite.maxUses === null
      ? t('invites.used', { count: invite.uses })
      : t('invites.usedOf', { uses: invite.uses, max: invite.maxUses })
  const Icon = invite.email === null ? Link2 : Mail
  return (
    <li className="flex min-h-12 items-center gap-3 py-2">
      <Icon size={16} aria-hidden className="shrink-0 text-faint" />
      <div className="min-w-0 flex-1">
        <p className="truncate text-sm">{invite.email ?? t(`invites.as.${invite.role}`)}</p>
        <p className="text-muted text-xs">
          {t('invites.until', { when: until.format(invite.expiresAt) })} ·{' '}
          {invite.email === null ? uses : t(`invites.as.${invite.role}`)}
        </p>
      </div>
      <Button
        size="sm"
        look="plain"
        busy={withdraw.isPending}
        onClick={() => withdraw.mutate(invite.id, { onError: toastProblem })}
      >
        {t('invites.withdraw')}
      </Button>
    </li>
  )
}
