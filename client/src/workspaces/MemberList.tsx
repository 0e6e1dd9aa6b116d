import type { Member, SuspendedMember, Workspace } from '@weft/shared/workspaces'
import { Search } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Input } from '../kit/index.ts'
import { usePeople } from '../presence/index.ts'
import { MemberQuestion, type Question } from './MemberQuestion.tsx'
import { MemberRow } from './MemberRow.tsx'
import { nameMatches } from './nameMatches.ts'
import { useSuspended } from './queries.ts'
import { SuspendedRow } from './SuspendedRow.tsx'

/** More people than one sees at a glance get a field to find one among them. */
const glance = 5

/** Everybody with presence and role, those here first; behind them those who are suspended. */
export function MemberList({ workspace, members }: { workspace: Workspace; members: readonly Member[] }) {
  const { t } = useTranslation('workspaces')
  const people = usePeople(workspace.id, members)
  const { data: suspended = [] } = useSuspended(workspace.id)
  const [typed, setTyped] = useState('')
  const [question, setQuestion] = useState<Question | null>(null)
  const shownPeople = people.filter(({ person }) => nameMatches(person.name, typed))
  const shownSuspended = suspended.filter(({ name }) => nameMatches(name, typed))
  const shown = shownPeople.length + shownSuspended.length
  const ask = (kind: Question['kind'], member: Member | SuspendedMember) => setQuestion({ kind, member })
  return (
    <>
      {(typed !== '' || members.length + suspended.length > glance) && (
        <div className="relative mb-3 max-w-xs">
          <Search
            size={16}
            aria-hidden
            className="-translate-y-1/2 pointer-events-none absolute top-1/2 left-2.5 text-faint"
          />
          <Input
            type="search"
            aria-label={t('members.find')}
            placeholder={t('members.find')}
            className="pl-8"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') setTyped('')
            }}
          />
        </div>
      )}
      <ul className="divide-y divide-line border-line border-y" data-testid="members">
        {shownPeople.map((present) => {
          const member = members.find(({ id }) => id === present.person.id)
          return member === undefined ? null : (
            <MemberRow key={member.id} workspace={workspace} member={member} present={present} onAsk={ask} />
          )
        })}
        {shownSuspended.map((member) => (
          <SuspendedRow key={member.id} workspace={workspace} member={member} onAsk={ask} />
        ))}
        {shown === 0 && <li className="py-6 text-center text-muted text-sm">{t('members.nobody')}</li>}
      </ul>
      <MemberQuestion workspace={workspace} question={question} onClose={() => setQuestion(null)} />
      <p className="sr-only" role="status">
        {typed === '' ? t('members.count', { count: members.length }) : t('members.found', { count: shown })}
      </p>
    </>
  )
}
