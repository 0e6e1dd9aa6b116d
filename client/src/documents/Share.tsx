import { type AccessGrant, type Document, DocumentRole, documentRole, mayManage } from '@weft/shared/documents'
import type { UserId } from '@weft/shared/kit'
import { atLeast, type Member, mayInvite } from '@weft/shared/workspaces'
import { Share2, UserPlus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAccount } from '../auth/index.ts'
import { Button, ErrorState, Loading, Popover, Select, Skeleton, toastProblem } from '../kit/index.ts'
import { Avatar } from '../presence/index.ts'
import { InviteDialog, useMembers, useWorkspace } from '../workspaces/index.ts'
import { useAccess, useSetAccess } from './queries.ts'

/** Who may do what on this document, and how to let more people in. */
export function Share({ document }: { document: Document }) {
  const { t } = useTranslation('documents')
  const [open, setOpen] = useState(false)
  const [inviting, setInviting] = useState(false)
  const { data: workspace } = useWorkspace(document.workspaceId)
  return (
    <>
      <Popover
        open={open}
        onOpenChange={setOpen}
        label={t('share.title')}
        trigger={
          <Button size="sm" data-testid="share" aria-label={t('share.button')}>
            <Share2 size={16} aria-hidden />
            <span className="hidden sm:inline">{t('share.button')}</span>
          </Button>
        }
      >
        <h2 className="mb-3 font-semibold text-base">{t('share.title')}</h2>
        {open && <People document={document} />}
        {workspace !== undefined && mayInvite(workspace.role, 'guest') && (
          <Button
            size="sm"
            className="mt-4 w-full"
            onClick={() => {
              setOpen(false)
              setInviting(true)
            }}
          >
            <UserPlus size={16} aria-hidden />
            {t('share.invite')}
          </Button>
        )}
      </Popover>
      {workspace !== undefined && (
        <InviteDialog workspaceId={workspace.id} role={workspace.role} open={inviting} onOpenChange={setInviting} />
      )}
    </>
  )
}

function People({ document }: { document: Document }) {
  const { t } = useTranslation('documents')
  const members = useMembers(document.workspaceId)
  const manages = mayManage(document.role)
  const access = useAccess(document.id, manages)
  if (members.isError) return <ErrorState error={members.error} onRetry={() => void members.refetch()} />
  if (manages && access.isError) return <ErrorState error={access.error} onRetry={() => void access.refetch()} />
  if (members.fetchStatus === 'idle' && members.data === undefined) {
    return <p className="text-muted text-sm">{t('share.guest')}</p>
  }
  if (members.data === undefined || (manages && access.data === undefined)) {
    return (
      <Loading>
        <Skeleton className="h-24" />
      </Loading>
    )
  }
  return (
    <>
      <ul className="flex flex-col gap-1">
        {members.data.map((member) => (
          <PersonRow
            key={member.id}
            member={member}
            document={document}
            grant={access.data?.find(({ userId }: { userId: UserId }) => userId === member.id)}
            manages={manages}
          />
        ))}
      </ul>
      {!manages && <p className="mt-3 text-muted text-sm">{t('share.onlyManagers')}</p>}
    </>
  )
}

const given = ['view', 'edit', 'manage'] as const
type Choice = (typeof given)[number] | 'inherited' | 'other'

function PersonRow(props: { member: Member; document: Document; grant: AccessGrant | undefined; manages: boolean }) {
  const { member, grant } = props
  const { t } = useTranslation('documents')
  const account = useAccount()
  const setAccess = useSetAccess(props.document.id)
  const always = atLeast(member.role, 'admin')
  const base = documentRole(member.role, []) ?? 'none'
  const inherited = { value: 'inherited' as const, text: t(`share.inherited.${base}`) }
  const value: Choice = grant === undefined ? 'inherited' : (given.find((role) => role === grant.role) ?? 'other')
  const options: { value: Choice; text: string }[] = [
    inherited,
    ...given.map((role) => ({ value: role, text: t(`share.role.${role}`) })),
    ...(value === 'other' ? [{ value, text: t('share.role.view') }] : []),
  ]
  const change = (choice: Choice) => {
    const role = DocumentRole.safeParse(choice)
    setAccess.mutate({ userId: member.id, role: role.success ? role.data : null }, { onError: toastProblem })
  }
  return (
    <li className="flex min-h-10 items-center gap-2.5" data-user={member.id}>
      <Avatar person={member} size={26} />
      <span className="min-w-0 flex-1 truncate text-sm">
        {member.name}
        {member.id === account.id && <span className="ml-1.5 text-faint">{t('share.you')}</span>}
      </span>
      {props.manages && !always ? (
        <Select
          quiet
          label={t('share.roleOf', { name: member.name })}
          value={value}
          options={options}
          disabled={setAccess.isPending}
          onChange={change}
        />
      ) : (
        <span className="px-2 text-muted text-sm">{props.manages || always ? inherited.text : ''}</span>
      )}
    </li>
  )
}
