import type { Member, SuspendedMember, Workspace } from '@weft/shared/workspaces'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useAccount } from '../auth/index.ts'
import { AlertDialog, problemText } from '../kit/index.ts'
import { useHandOver, useRemoveMember, useSuspend } from './queries.ts'

/** What is to happen to whom; nothing has yet. */
export interface Question {
  kind: 'remove' | 'suspend' | 'handOver'
  member: Member | SuspendedMember
}

/** Asks before a person goes, or a workspace gets another owner, and says in its place why it did not happen. */
export function MemberQuestion(props: { workspace: Workspace; question: Question | null; onClose(): void }) {
  const { workspace, question, onClose } = props
  const { t } = useTranslation('workspaces')
  const { t: inKit } = useTranslation('kit')
  const account = useAccount()
  const navigate = useNavigate()
  const remove = useRemoveMember(workspace.id)
  const acts = { remove, suspend: useSuspend(workspace.id), handOver: useHandOver(workspace.id) }
  // Its words stay while it fades away.
  const [last, setLast] = useState(question)
  if (question !== null && question !== last) setLast(question)
  if (last === null) return null
  const { kind, member } = last
  const self = member.id === account.id
  const { mutate, isPending, error, reset } = acts[kind]
  const close = () => {
    reset()
    onClose()
  }
  const act = () =>
    mutate(member.id, {
      onSuccess: () => {
        close()
        if (self) void navigate('/')
      },
    })
  const asked = self ? 'leave' : kind
  const words = { name: member.name, workspace: workspace.name }
  return (
    <AlertDialog
      open={question !== null}
      onOpenChange={(open) => !open && close()}
      title={t(`question.${asked}.title`, words)}
      description={
        <>
          <p>{t(`question.${asked}.text`, words)}</p>
          {error !== null && (
            <p role="alert" className="mt-2 text-danger">
              {problemText(error, inKit)}
            </p>
          )}
        </>
      }
      action={t(`question.${asked}.action`)}
      danger={kind !== 'handOver'}
      busy={isPending}
      onAction={act}
    />
  )
}
