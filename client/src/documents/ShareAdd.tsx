import type { DocumentRole } from '@weft/shared/documents'
import type { UserId } from '@weft/shared/kit'
import type { Member } from '@weft/shared/workspaces'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Select } from '../kit/index.ts'
import { type Given, given } from './shareWords.ts'

/** Lets somebody of the workspace in who may not open the document yet. */
export function ShareAdd(props: {
  candidates: readonly Member[]
  busy: boolean
  onAdd(userId: UserId, role: DocumentRole): void
}) {
  const { t } = useTranslation('documents')
  const [chosen, setChosen] = useState<UserId | 'nobody'>('nobody')
  const [role, setRole] = useState<Given>('view')
  const member = props.candidates.find(({ id }) => id === chosen)
  if (props.candidates.length === 0) return null
  return (
    <div className="mt-2 flex flex-wrap items-center gap-2 border-line border-t pt-3">
      <Select<UserId | 'nobody'>
        label={t('share.add.label')}
        value={member?.id ?? 'nobody'}
        options={[
          { value: 'nobody', text: t('share.add.nobody') },
          ...props.candidates.map(({ id, name }) => ({ value: id, text: name })),
        ]}
        onChange={setChosen}
      />
      <Select<Given>
        label={t('share.add.role')}
        value={role}
        options={given.map((value) => ({ value, text: t(`share.role.${value}`) }))}
        onChange={setRole}
      />
      <Button
        size="sm"
        look="primary"
        className="ml-auto h-8"
        disabled={member === undefined}
        busy={props.busy}
        onClick={() => {
          if (member === undefined) return
          props.onAdd(member.id, role)
          setChosen('nobody')
        }}
      >
        {t('share.add.action')}
      </Button>
    </div>
  )
}
