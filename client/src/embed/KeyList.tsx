import { type ApiKey, isLiving } from '@weft/shared/embed'
import type { WorkspaceId } from '@weft/shared/kit'
import { KeyRound, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAllDocuments } from '../documents/index.ts'
import { AlertDialog, Button, ErrorState, Loading, Skeleton } from '../kit/index.ts'
import { useMembers } from '../workspaces/index.ts'
import { KeyDialog } from './KeyDialog.tsx'
import { useKeys, useRevokeKey } from './queries.ts'

/** The keys by which other servers ask for tokens, and how to make and revoke one. */
export function KeyList({ workspaceId }: { workspaceId: WorkspaceId }) {
  const { t } = useTranslation('embed')
  const keys = useKeys(workspaceId)
  const { revoked, revoke } = useRevokeKey(workspaceId)
  const [making, setMaking] = useState(false)
  const [asked, setAsked] = useState<ApiKey | null>(null)
  const shown = keys.data?.filter(({ id }) => !revoked.includes(id))
  return (
    <section aria-labelledby="keys-title">
      <div className="mb-4 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h2 id="keys-title" className="font-semibold text-lg">
          {t('keys.title')}
        </h2>
        <Button look="primary" size="sm" onClick={() => setMaking(true)}>
          <Plus size={16} aria-hidden />
          {t('keys.create')}
        </Button>
      </div>
      {shown === undefined ? (
        keys.isError ? (
          <ErrorState error={keys.error} onRetry={() => void keys.refetch()} />
        ) : (
          <Loading>
            <Skeleton className="h-14" />
          </Loading>
        )
      ) : shown.length === 0 ? (
        <p className="rounded-lg border border-line border-dashed px-4 py-6 text-center text-muted text-sm">
          {t('keys.none')}
        </p>
      ) : (
        <ul className="divide-y divide-line border-line border-y" data-testid="keys">
          {shown.map((key) => (
            <KeyRow key={key.id} apiKey={key} onRevoke={() => setAsked(key)} />
          ))}
        </ul>
      )}
      <KeyDialog workspaceId={workspaceId} open={making} onOpenChange={setMaking} />
      <AlertDialog
        open={asked !== null}
        onOpenChange={(open) => !open && setAsked(null)}
        title={t('revoke.title', { name: asked?.name })}
        description={t('revoke.text')}
        action={t('revoke.action')}
        danger
        onAction={() => {
          if (asked !== null) revoke(asked.id)
          setAsked(null)
        }}
      />
    </section>
  )
}

function KeyRow({ apiKey, onRevoke }: { apiKey: ApiKey; onRevoke(): void }) {
  const { t, i18n } = useTranslation('embed')
  const { data: members } = useMembers(apiKey.workspaceId)
  const { data: documents } = useAllDocuments(apiKey.workspaceId)
  const day = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium' })
  const moment = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' })
  const maker = members?.find(({ id }) => id === apiKey.createdBy)?.name
  const branch = documents?.find(({ id }) => id === apiKey.documentId)
  const until = isLiving(apiKey, Date.now()) ? 'keys.until' : 'keys.ended'
  const opens =
    apiKey.documentId === null ? t('keys.all') : t('keys.below', { title: branch?.title || t('keys.untitled') })
  return (
    <li className="flex items-start gap-3 py-3">
      <KeyRound size={16} aria-hidden className="mt-0.5 shrink-0 text-faint" />
      <div className="flex min-w-0 flex-1 flex-col gap-0.5">
        <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
          <span className="min-w-0 break-words font-medium">{apiKey.name}</span>
          <code className="text-muted text-xs">{apiKey.prefix}…</code>
        </p>
        <p className="break-words text-muted text-xs">
          {t(`role.${apiKey.role}`)} · {opens}
        </p>
        <p className="text-muted text-xs">
          {maker === undefined
            ? t('keys.made', { when: day.format(apiKey.createdAt) })
            : t('keys.madeBy', { name: maker, when: day.format(apiKey.createdAt) })}{' '}
          · {t(until, { when: day.format(apiKey.expiresAt) })}
        </p>
        <p className="text-muted text-xs">
          {apiKey.usedAt === null ? t('keys.unused') : t('keys.used', { when: moment.format(apiKey.usedAt) })}
        </p>
      </div>
      <Button size="sm" look="plain" aria-label={t('keys.revokeNamed', { name: apiKey.name })} onClick={onRevoke}>
        {t('keys.revoke')}
      </Button>
    </li>
  )
}
