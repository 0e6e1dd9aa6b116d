import { HostName, keyLifetimes, type OutsideRole, outsideRoles } from '@weft/shared/embed'
import { DocumentId, type WorkspaceId } from '@weft/shared/kit'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAllDocuments } from '../documents/index.ts'
import { Button, Dialog, Field, problemText, Select } from '../kit/index.ts'
import { CopySecret } from './CopySecret.tsx'
import { useCreateKey } from './queries.ts'

type Lifetime = `${(typeof keyLifetimes)[number]}`
const lifetimes = keyLifetimes.map((days): Lifetime => `${days}`)
const everything = 'everything'

/** Makes a key; its secret is shown once, since nobody can read it again. */
export function KeyDialog(props: { workspaceId: WorkspaceId; open: boolean; onOpenChange(open: boolean): void }) {
  const { t } = useTranslation('embed')
  const { t: inKit } = useTranslation('kit')
  const create = useCreateKey(props.workspaceId)
  const { data: documents = [] } = useAllDocuments(props.workspaceId)
  const [name, setName] = useState('')
  const [wrong, setWrong] = useState(false)
  const [role, setRole] = useState<OutsideRole>('edit')
  const [lifetime, setLifetime] = useState<Lifetime>('90')
  const [branch, setBranch] = useState<string>(everything)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const said = HostName.safeParse(name)
    setWrong(!said.success)
    if (!said.success) return
    const documentId = DocumentId.safeParse(branch).data ?? null
    create.mutate({ name: said.data, role, documentId, expiresInDays: Number(lifetime) })
  }
  const close = (open: boolean) => {
    props.onOpenChange(open)
    if (open) return
    create.reset()
    setName('')
    setWrong(false)
  }
  const places = [
    { value: everything, text: t('keys.all') },
    ...documents.map(({ id, title }) => ({ value: id as string, text: shortened(title || t('keys.untitled')) })),
  ]
  return (
    <Dialog open={props.open} onOpenChange={close} title={t('key.title')} description={t('key.text')}>
      {create.data === undefined ? (
        <form noValidate onSubmit={submit} className="flex flex-col gap-3">
          <Field
            label={t('key.name')}
            autoComplete="off"
            value={name}
            hint={t('key.nameHint')}
            error={wrong ? t('key.nameWrong') : undefined}
            onChange={(event) => {
              setName(event.target.value)
              setWrong(false)
            }}
          />
          <Choice name={t('key.role')}>
            <Select<OutsideRole>
              label={t('key.role')}
              value={role}
              options={outsideRoles.map((value) => ({ value, text: t(`role.${value}`) }))}
              onChange={setRole}
            />
          </Choice>
          <Choice name={t('key.opens')}>
            <Select label={t('key.opens')} value={branch} options={places} onChange={setBranch} />
          </Choice>
          <Choice name={t('key.lifetime')}>
            <Select<Lifetime>
              label={t('key.lifetime')}
              value={lifetime}
              options={lifetimes.map((value) => ({ value, text: t('key.days', { count: Number(value) }) }))}
              onChange={setLifetime}
            />
          </Choice>
          {create.isError && (
            <p role="alert" className="text-danger text-sm">
              {problemText(create.error, inKit)}
            </p>
          )}
          <Button type="submit" look="primary" busy={create.isPending} className="mt-2 self-end">
            {t('key.action')}
          </Button>
        </form>
      ) : (
        <div className="flex flex-col gap-3">
          <CopySecret label={t('key.secret')} secret={create.data.secret} />
          <p className="text-muted text-sm">{t('key.once')}</p>
        </div>
      )}
    </Dialog>
  )
}

const shortened = (title: string): string => (title.length > 32 ? `${title.slice(0, 31)}…` : title)

function Choice({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 text-sm">
      <span aria-hidden>{name}</span>
      {children}
    </div>
  )
}
