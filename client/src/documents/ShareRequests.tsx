import type { Document } from '@weft/shared/documents'
import type { UserId } from '@weft/shared/kit'
import type { Member } from '@weft/shared/workspaces'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Select } from '../kit/index.ts'
import { Avatar } from '../presence/index.ts'
import { useAccessRequests } from './queries.ts'
import { type Given, given } from './shareWords.ts'

/** Who asked to see the document, for those who can let them. */
export function ShareRequests(props: { document: Document; members: ReadonlyMap<UserId, Member> }) {
  const { document, members } = props
  const { t } = useTranslation('documents')
  const { requests, answer } = useAccessRequests(document.id)
  const asking = requests.flatMap(({ userId }) => members.get(userId) ?? [])
  if (asking.length === 0) return null
  return (
    <section aria-labelledby="share-requests" className="mt-4 rounded-lg border border-accent p-2.5">
      <h3 id="share-requests" className="mb-1 font-medium text-sm">
        {t('share.requests.title')}
      </h3>
      <ul>
        {asking.map((member) => (
          <Asking key={member.id} member={member} onAnswer={(role) => answer({ userId: member.id, role })} />
        ))}
      </ul>
    </section>
  )
}

function Asking({ member, onAnswer }: { member: Member; onAnswer(role: Given | null): void }) {
  const { t } = useTranslation('documents')
  const { name } = member
  const [role, setRole] = useState<Given>('view')
  return (
    <li className="flex min-h-11 flex-wrap items-center gap-2 py-1" data-user={member.id}>
      <Avatar person={member} size={26} />
      <span className="min-w-0 flex-1 truncate text-sm">{name}</span>
      <Select<Given>
        quiet
        label={t('share.requests.role', { name })}
        value={role}
        options={given.map((value) => ({ value, text: t(`share.role.${value}`) }))}
        onChange={setRole}
      />
      <span className="ml-auto flex gap-2">
        <Button size="sm" aria-label={t('share.requests.declineOf', { name })} onClick={() => onAnswer(null)}>
          {t('share.requests.decline')}
        </Button>
        <Button
          size="sm"
          look="primary"
          aria-label={t('share.requests.giveOf', { name })}
          onClick={() => onAnswer(role)}
        >
          {t('share.requests.give')}
        </Button>
      </span>
    </li>
  )
}
