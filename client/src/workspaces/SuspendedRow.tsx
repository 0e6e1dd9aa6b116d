import { maySuspendMember, type SuspendedMember, type Workspace } from '@weft/shared/workspaces'
import { Ellipsis, UserMinus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton, Menu, MenuItem, toastProblem } from '../kit/index.ts'
import { Avatar } from '../presence/index.ts'
import type { Question } from './MemberQuestion.tsx'
import { useReinstate } from './queries.ts'

/** Somebody who is out for a time, and the way back. */
export function SuspendedRow(props: {
  workspace: Workspace
  member: SuspendedMember
  onAsk(kind: Question['kind'], member: SuspendedMember): void
}) {
  const { workspace, member } = props
  const { t, i18n } = useTranslation('workspaces')
  const reinstate = useReinstate(workspace.id)
  const since = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium' }).format(member.suspendedAt)
  const label = t('members.menu', { name: member.name })
  return (
    <li className="flex min-h-14 items-center gap-3 py-2" data-user={member.id}>
      <Avatar person={member} size={32} faded />
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium text-muted text-sm">{member.name}</p>
        <p className="text-muted text-xs">{t('suspended.since', { since })}</p>
      </div>
      {maySuspendMember(workspace.role, member.role) && (
        <>
          <Button
            size="sm"
            busy={reinstate.isPending}
            aria-label={t('suspended.bringBackNamed', { name: member.name })}
            onClick={() => reinstate.mutate(member.id, { onError: toastProblem })}
          >
            {t('suspended.bringBack')}
          </Button>
          <Menu trigger={<IconButton icon={Ellipsis} label={label} />} label={label} align="end">
            <MenuItem icon={UserMinus} danger onSelect={() => props.onAsk('remove', member)}>
              {t('members.remove')}
            </MenuItem>
          </Menu>
        </>
      )}
    </li>
  )
}
