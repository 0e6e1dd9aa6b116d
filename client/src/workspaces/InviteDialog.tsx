import type { WorkspaceId } from '@weft/shared/kit'
import { MemberRole, mayInvite } from '@weft/shared/workspaces'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { Button, Dialog, Field, problemText, Select } from '../kit/index.ts'
import { CopyLink } from './CopyLink.tsx'
import { useCreateInvite } from './queries.ts'

const invitable = MemberRole.exclude(['owner'])
const lifetimes = { day: 24, week: 24 * 7, month: 24 * 30, quarter: 24 * 90 } as const
const useCounts = { once: 1, ten: 10, any: null } as const

type InvitedRole = Exclude<MemberRole, 'owner'>
type Lifetime = keyof typeof lifetimes
type UseCount = keyof typeof useCounts
const keysOf = <K extends string>(table: Record<K, unknown>): K[] => Object.keys(table) as K[]

/** Makes a link; it is shown once, since nobody can read its secret again. */
export function InviteDialog(props: {
  workspaceId: WorkspaceId
  role: MemberRole
  open: boolean
  onOpenChange(open: boolean): void
}) {
  const { t } = useTranslation('workspaces')
  const { t: inKit } = useTranslation('kit')
  const create = useCreateInvite(props.workspaceId)
  const [as, setAs] = useState<InvitedRole>('member')
  const [lifetime, setLifetime] = useState<Lifetime>('week')
  const [uses, setUses] = useState<UseCount>('any')
  const [email, setEmail] = useState('')
  const [wrong, setWrong] = useState(false)
  const byMail = email.trim() !== ''
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const isAddress = z.email().max(254).safeParse(email.trim()).success
    setWrong(byMail && !isAddress)
    if (byMail && !isAddress) return
    create.mutate({
      role: as,
      expiresInHours: lifetimes[lifetime],
      maxUses: useCounts[uses],
      ...(byMail ? { email: email.trim() } : {}),
    })
  }
  const close = (open: boolean) => {
    props.onOpenChange(open)
    if (open) return
    create.reset()
    setEmail('')
    setWrong(false)
  }
  const choices = [
    {
      name: t('invite.as'),
      field: (
        <Select<InvitedRole>
          label={t('invite.as')}
          value={as}
          options={invitable.options
            .filter((role) => mayInvite(props.role, role))
            .map((role) => ({ value: role, text: t(`role.${role}`) }))}
          onChange={setAs}
        />
      ),
    },
    {
      name: t('invite.lifetime'),
      field: (
        <Select<Lifetime>
          label={t('invite.lifetime')}
          value={lifetime}
          options={keysOf(lifetimes).map((value) => ({ value, text: t(`invite.for.${value}`) }))}
          onChange={setLifetime}
        />
      ),
    },
    // What is sent to somebody is for them, once.
    !byMail && {
      name: t('invite.uses'),
      field: (
        <Select<UseCount>
          label={t('invite.uses')}
          value={uses}
          options={keysOf(useCounts).map((value) => ({ value, text: t(`invite.times.${value}`) }))}
          onChange={setUses}
        />
      ),
    },
  ]
  return (
    <Dialog open={props.open} onOpenChange={close} title={t('invite.title')} description={t('invite.text')}>
      {create.data === undefined ? (
        <form noValidate onSubmit={submit} className="flex flex-col gap-3">
          <Field
            label={t('invite.email')}
            type="email"
            autoComplete="off"
            value={email}
            hint={t('invite.emailHint')}
            error={wrong ? t('invite.emailWrong') : undefined}
            onChange={(event) => setEmail(event.target.value)}
          />
          {choices.map(
            (choice) =>
              choice && (
                <div key={choice.name} className="flex items-center justify-between gap-4 text-sm">
                  <span aria-hidden>{choice.name}</span>
                  {choice.field}
                </div>
              ),
          )}
          {create.isError && (
            <p role="alert" className="text-danger text-sm">
              {problemText(create.error, inKit)}
            </p>
          )}
          <Button type="submit" look="primary" busy={create.isPending} className="mt-2 self-end">
            {t(byMail ? 'invite.send' : 'invite.action')}
          </Button>
        </form>
      ) : (
        <div className="flex flex-col gap-3">
          <CopyLink label={t('invite.link')} url={create.data.url} />
          <p className="text-muted text-sm">
            {create.data.email === null
              ? t('invite.once')
              : t(create.data.mailed ? 'invite.mailed' : 'invite.notMailed', { email: create.data.email })}
          </p>
        </div>
      )}
    </Dialog>
  )
}
