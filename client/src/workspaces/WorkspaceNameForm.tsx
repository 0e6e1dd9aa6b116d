import type { Workspace } from '@weft/shared/workspaces'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Field, problemText } from '../kit/index.ts'
import { useRenameWorkspace } from './queries.ts'

export function WorkspaceNameForm({ workspace }: { workspace: Workspace }) {
  const { t } = useTranslation('workspaces')
  const { t: inKit } = useTranslation('kit')
  const rename = useRenameWorkspace(workspace.id)
  const [name, setName] = useState(workspace.name)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() !== '') rename.mutate(name.trim())
  }
  return (
    <section aria-labelledby="rename-title">
      <h2 id="rename-title" className="mb-4 font-semibold text-lg">
        {t('rename.title')}
      </h2>
      <form onSubmit={submit} className="flex max-w-sm flex-col gap-3">
        <Field
          label={t('create.name')}
          value={name}
          maxLength={120}
          error={rename.isError ? problemText(rename.error, inKit) : undefined}
          onChange={(event) => setName(event.target.value)}
        />
        <Button
          type="submit"
          className="self-start"
          busy={rename.isPending}
          disabled={name.trim() === '' || name.trim() === workspace.name}
        >
          {t('rename.action')}
        </Button>
      </form>
    </section>
  )
}
