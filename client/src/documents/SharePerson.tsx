import { type DocumentPerson, DocumentRole } from '@weft/shared/documents'
import { atLeast, type Member } from '@weft/shared/workspaces'
import { useTranslation } from 'react-i18next'
import { useAccount } from '../auth/index.ts'
import { Select } from '../kit/index.ts'
import { Avatar } from '../presence/index.ts'
import { effective, type Given, given, inheritedWord, originWord, roleWord } from './shareWords.ts'

/** One person who may open the document: why, as what, and for those who manage it another role or none. */
export function SharePerson(props: {
  member: Member
  person: DocumentPerson
  manages: boolean
  busy: boolean
  /** Null: takes back what was given here. */
  onChange(role: DocumentRole | null): void
}) {
  const { member, person } = props
  const { t } = useTranslation('documents')
  const account = useAccount()
  const always = atLeast(member.role, 'admin')
  const here = person.origin.kind === 'here'
  return (
    <li className="flex min-h-11 items-center gap-2.5" data-user={member.id}>
      <Avatar person={member} size={26} />
      <span className="min-w-0 flex-1">
        <span className="block truncate text-sm">
          {member.name}
          {member.id === account.id && <span className="ml-1.5 text-faint">{t('share.you')}</span>}
        </span>
        <span className="block truncate text-muted text-xs">{originWord(person.origin, member.role, t)}</span>
      </span>
      {props.manages && !always ? (
        <Select<Given | 'inherited'>
          quiet
          label={t('share.roleOf', { name: member.name })}
          value={here ? effective(person.role) : 'inherited'}
          options={[
            { value: 'inherited', text: inheritedWord(person.inherited, t) },
            ...given.map((role) => ({ value: role, text: t(`share.role.${role}`) })),
          ]}
          disabled={props.busy}
          onChange={(choice) => props.onChange(choice === 'inherited' ? null : DocumentRole.parse(choice))}
        />
      ) : (
        <span className="shrink-0 px-2 text-muted text-sm">{roleWord(person.role, t)}</span>
      )}
    </li>
  )
}
