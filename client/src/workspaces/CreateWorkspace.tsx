import { WorkspaceName } from '@weft/shared/workspaces'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { Button, Dialog, Field, problemText } from '../kit/index.ts'
import { useCreateWorkspace } from './queries.ts'

/** Names a workspace and goes there. */
export function CreateWorkspaceForm({ onDone, onCreated }: { onDone?(): void; onCreated?(): void }) {
  const { t } = useTranslation('workspaces')
  const { t: inKit } = useTranslation('kit')
  const navigate = useNavigate()
  const create = useCreateWorkspace(onCreated)
  const [name, setName] = useState('')
  const [missing, setMissing] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const parsed = WorkspaceName.safeParse(name)
    setMissing(!parsed.success)
    if (!parsed.success) return
    create.mutate(parsed.data, {
      onSuccess: (workspace) => {
        onDone?.()
        void navigate(`/w/${workspace.id}`)
      },
    })
  }
  const error = missing ? t('create.missing') : create.isError ? problemText(create.error, inKit) : undefined
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      <Field
        label={t('create.name')}
        value={name}
        placeholder={t('create.placeholder')}
        maxLength={120}
        autoComplete="off"
        autoFocus
        error={error}
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="submit" look="primary" busy={create.isPending} className="self-end">
        {t('create.action')}
      </Button>
    </form>
  )
}

export function CreateWorkspaceDialog(props: { open: boolean; onOpenChange(open: boolean): void }) {
  const { t } = useTranslation('workspaces')
  return (
    <Dialog {...props} title={t('create.title')} description={t('create.text')}>
      <CreateWorkspaceForm onDone={() => props.onOpenChange(false)} />
    </Dialog>
  )
}
