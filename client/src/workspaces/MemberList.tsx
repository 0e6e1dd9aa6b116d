import { type Member, MemberRole, mayChangeRole, mayRemoveMember, type Workspace } from '@weft/shared/workspaces'
import { History, UserMinus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useAccount } from '../auth/index.ts'
import { AlertDialog, Button, IconButton, IconLink, Select, toastProblem } from '../kit/index.ts'
import { Avatar, PersonStatus, type PresentPerson, usePeople } from '../presence/index.ts'
import { useRemoveMember, useSetRole } from './queries.ts'

const grantable = MemberRole.exclude(['owner'])

/** Everybody with presence and role; those one may change have a choice instead of a word. */
export function MemberList({ workspace, members }: { workspace: Workspace; members: readonly Member[] }) {
  const { t } = useTranslation('workspaces')
  const people = usePeople(workspace.id, members)
  const [leaving, setLeaving] = useState<Member | null>(null)
  return (
    <>
      <ul className="divide-y divide-line border-line border-y" data-testid="members">
        {people.map((present) => {
          const member = members.find(({ id }) => id === present.person.id)
          return member === undefined ? null : (
            <MemberRow
              key={member.id}
              workspace={workspace}
              member={member}
              present={present}
              onRemove={() => setLeaving(member)}
            />
          )
        })}
      </ul>
      <RemoveDialog workspace={workspace} member={leaving} onClose={() => setLeaving(null)} />
      <p className="sr-only" role="status">
        {t('members.count', { count: members.length })}
      </p>
    </>
  )
}

function MemberRow(props: { workspace: Workspace; member: Member; present: PresentPerson; onRemove(): void }) {
  const { workspace, member, present } = props
  const { t } = useTranslation('workspaces')
  const account = useAccount()
  const setRole = useSetRole(workspace.id)
  const self = member.id === account.id
  const options = grantable.options
    .filter((role) => role === member.role || mayChangeRole(workspace.role, member.role, role))
    .map((role) => ({ value: role, text: t(`role.${role}`) }))
  const changeable = !self && member.role !== 'owner' && options.length > 1
  return (
    <li className="flex min-h-14 items-center gap-3 py-2" data-user={member.id}>
      <Avatar person={member} size={32} status={self ? 'online' : present.status} />
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium text-sm">
          {member.name}
          {self && <span className="ml-1.5 font-normal text-faint">{t('members.you')}</span>}
        </p>
        <p className="truncate text-muted text-xs">{self ? account.email : <PersonStatus person={present} />}</p>
      </div>
      {changeable && member.role !== 'owner' ? (
        <Select
          quiet
          label={t('members.roleOf', { name: member.name })}
          value={member.role}
          options={options}
          disabled={setRole.isPending}
          onChange={(role) => setRole.mutate({ userId: member.id, role }, { onError: toastProblem })}
        />
      ) : (
        <span className="px-2 text-muted text-sm">{t(`role.${member.role}`)}</span>
      )}
      <IconLink
        icon={History}
        label={t('members.activity', { name: member.name })}
        to={`/w/${workspace.id}/activity?person=${member.id}`}
      />
      <span className="flex w-16 justify-end">
        {self && member.role !== 'owner' && (
          <Button size="sm" look="plain" onClick={props.onRemove}>
            {t('members.leave')}
          </Button>
        )}
        {!self && mayRemoveMember(workspace.role, member.role) && (
          <IconButton icon={UserMinus} label={t('members.remove', { name: member.name })} onClick={props.onRemove} />
        )}
      </span>
    </li>
  )
}

function RemoveDialog(props: { workspace: Workspace; member: Member | null; onClose(): void }) {
  const { workspace, member, onClose } = props
  const { t } = useTranslation('workspaces')
  const account = useAccount()
  const navigate = useNavigate()
  const remove = useRemoveMember(workspace.id)
  const self = member?.id === account.id
  const words = { name: member?.name ?? '', workspace: workspace.name }
  const act = () => {
    if (member === null) return
    remove.mutate(member.id, {
      onSuccess: () => {
        onClose()
        if (self) void navigate('/')
      },
      onError: toastProblem,
    })
  }
  return (
    <AlertDialog
      open={member !== null}
      onOpenChange={(open) => !open && onClose()}
      title={t(self ? 'remove.leaveTitle' : 'remove.title', words)}
      description={t(self ? 'remove.leaveText' : 'remove.text', words)}
      action={t(self ? 'remove.leaveAction' : 'remove.action')}
      danger
      busy={remove.isPending}
      onAction={act}
    />
  )
}
