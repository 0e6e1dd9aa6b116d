import {
  type Member,
  MemberRole,
  mayChangeRole,
  mayHandOver,
  mayRemoveMember,
  maySuspendMember,
  type Workspace,
} from '@weft/shared/workspaces'
import { Crown, Ellipsis, History, UserMinus, UserX } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useAccount } from '../auth/index.ts'
import { Button, IconButton, Menu, MenuItem, MenuLine, Select } from '../kit/index.ts'
import { Avatar, PersonStatus, type PresentPerson } from '../presence/index.ts'
import type { Question } from './MemberQuestion.tsx'
import { useSetRole } from './queries.ts'

const grantable = MemberRole.exclude(['owner'])

interface RowProps {
  workspace: Workspace
  member: Member
  present: PresentPerson
  onAsk(kind: Question['kind'], member: Member): void
}

/** One member: here or when last, as what, and what one may do about it. */
export function MemberRow(props: RowProps) {
  const { workspace, member, present } = props
  const { t } = useTranslation('workspaces')
  const account = useAccount()
  const { role = member.role, setRole } = useSetRole(workspace.id, member.id)
  const self = member.id === account.id
  const options = grantable.options
    .filter((one) => one === member.role || mayChangeRole(workspace.role, member.role, one))
    .map((one) => ({ value: one, text: t(`role.${one}`) }))
  const changeable = !self && options.length > 1
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
      {changeable && role !== 'owner' ? (
        <Select
          quiet
          label={t('members.roleOf', { name: member.name })}
          value={role}
          options={options}
          onChange={setRole}
        />
      ) : (
        <span className="px-2 text-muted text-sm">{t(`role.${member.role}`)}</span>
      )}
      {self && member.role !== 'owner' && (
        <Button size="sm" look="plain" onClick={() => props.onAsk('remove', member)}>
          {t('members.leave')}
        </Button>
      )}
      <MemberMenu {...props} self={self} />
    </li>
  )
}

function MemberMenu({ workspace, member, self, onAsk }: RowProps & { self: boolean }) {
  const { t } = useTranslation('workspaces')
  const navigate = useNavigate()
  const label = t('members.menu', { name: member.name })
  const hands = !self && mayHandOver(workspace.role, member.role)
  const suspends = !self && maySuspendMember(workspace.role, member.role)
  const removes = !self && mayRemoveMember(workspace.role, member.role)
  return (
    <Menu trigger={<IconButton icon={Ellipsis} label={label} />} label={label} align="end">
      <MenuItem icon={History} onSelect={() => void navigate(`/w/${workspace.id}/activity?person=${member.id}`)}>
        {t('members.activity')}
      </MenuItem>
      {(hands || suspends || removes) && <MenuLine />}
      {hands && (
        <MenuItem icon={Crown} onSelect={() => onAsk('handOver', member)}>
          {t('members.handOver')}
        </MenuItem>
      )}
      {suspends && (
        <MenuItem icon={UserX} onSelect={() => onAsk('suspend', member)}>
          {t('members.suspend')}
        </MenuItem>
      )}
      {removes && (
        <MenuItem icon={UserMinus} danger onSelect={() => onAsk('remove', member)}>
          {t('members.remove')}
        </MenuItem>
      )}
    </Menu>
  )
}
