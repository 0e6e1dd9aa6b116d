import { pictureLimits } from '@weft/shared/auth'
import type { Workspace } from '@weft/shared/workspaces'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Field, PictureChoice, problemText } from '../kit/index.ts'
import { useRenameWorkspace, useSetWorkspacePicture } from './queries.ts'
import { WorkspaceMark } from './WorkspaceMark.tsx'

export function WorkspaceNameForm({ workspace }: { workspace: Workspace }) {
  const { t } = useTranslation('workspaces')
  const { t: inKit } = useTranslation('kit')
  const rename = useRenameWorkspace(workspace.id)
  const setPicture = useSetWorkspacePicture(workspace.id)
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
      <div className="mb-5">
        <PictureChoice
          label={t('rename.picture')}
          image={workspace.image}
          bounds={pictureLimits}
          preview={(image) => <WorkspaceMark name={workspace.name} image={image} size={48} />}
          onChoose={setPicture}
        />
      </div>
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
