import type { Document } from '@weft/shared/documents'
import { shareParameter } from '@weft/shared/notifications'
import { mayInvite } from '@weft/shared/workspaces'
import { Lock, Share2, UserPlus } from 'lucide-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { Button, Loading, Popover, Skeleton } from '../kit/index.ts'
import { InviteDialog, useWorkspace } from '../workspaces/index.ts'

const ShareAccess = lazy(async () => ({ default: (await import('./ShareAccess.tsx')).ShareAccess }))

/** Who may do what on this document, and how to let more people in. */
export function Share({ document }: { document: Document }) {
  const { t } = useTranslation('documents')
  const [search] = useSearchParams()
  const [open, setOpen] = useState(false)
  // Whoever comes here because somebody asks to see it.
  const wanted = search.has(shareParameter)
  useEffect(() => {
    if (wanted) setOpen(true)
  }, [wanted])
  const [inviting, setInviting] = useState(false)
  const { data: workspace } = useWorkspace(document.workspaceId)
  const Icon = document.narrower ? Lock : Share2
  return (
    <>
      <Popover
        open={open}
        onOpenChange={setOpen}
        label={t('share.title')}
        late
        trigger={
          <Button
            size="sm"
            data-testid="share"
            aria-label={t(document.narrower ? 'share.buttonNarrower' : 'share.button')}
            title={document.narrower ? t('share.buttonNarrower') : undefined}
          >
            <Icon size={16} aria-hidden />
            <span className="hidden sm:inline">{t('share.button')}</span>
          </Button>
        }
      >
        <h2 className="mb-3 font-semibold text-base">{t('share.title')}</h2>
        {open && (
          <Suspense fallback={<AccessSkeleton />}>
            <ShareAccess document={document} />
          </Suspense>
        )}
        {workspace !== undefined && mayInvite(workspace.role, 'guest') && (
          <Button
            size="sm"
            className="mt-4 w-full"
            onClick={() => {
              setOpen(false)
              setInviting(true)
            }}
          >
            <UserPlus size={16} aria-hidden />
            {t('share.invite')}
          </Button>
        )}
      </Popover>
      {workspace !== undefined && (
        <InviteDialog workspaceId={workspace.id} role={workspace.role} open={inviting} onOpenChange={setInviting} />
      )}
    </>
  )
}

const AccessSkeleton = () => (
  <Loading>
    <Skeleton className="h-24" />
  </Loading>
)
