import { useQuery } from '@tanstack/react-query'
import type { DocumentId } from '@weft/shared/kit'
import type { Watch } from '@weft/shared/notifications'
import { MailX } from 'lucide-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import '../catalogue.ts'
import { useSaying } from '../../kit/index.ts'
import { Switch } from '../../kit/Switch.tsx'
import { notificationsApi } from '../api.ts'

/**
 * Whether mails and pushes about a document keep its title and words to themselves, for everybody: those who manage it
 * say so, the others see it where it is so.
 */
export function PrivateMail({ documentId, manages }: { documentId: DocumentId; manages: boolean }) {
  const { t } = useTranslation('notifications')
  const hint = useId()
  const queryKey = ['watch', documentId]
  const { data } = useQuery({
    queryKey,
    queryFn: () => notificationsApi.notifications.watch({ documentId }),
    // Another person may have changed it since.
    staleTime: 0,
  })
  const { said, say } = useSaying({
    scope: `private-mail:${documentId}`,
    queryKey,
    send: (privateMail: boolean) => notificationsApi.notifications.setPrivateMail({ documentId, privateMail }),
    kept: (watch: Watch) => watch,
  })
  const isPrivate = said.at(-1) ?? data?.privateMail === true
  if (!manages) {
    if (!isPrivate) return null
    return (
      <p className="mt-3 flex items-start gap-2 border-line border-t pt-3 text-muted text-sm">
        <MailX size={16} aria-hidden className="mt-0.5 shrink-0" />
        {t('privateMail.on')}
      </p>
    )
  }
  return (
    <div className="mt-3 flex items-center gap-3 border-line border-t pt-3 text-sm">
      <div className="min-w-0 flex-1">
        <p aria-hidden>{t('privateMail.label')}</p>
        <p id={hint} className="text-muted text-xs">
          {t('privateMail.hint')}
        </p>
      </div>
      <Switch
        label={t('privateMail.label')}
        describedBy={hint}
        checked={isPrivate}
        disabled={data === undefined}
        onChange={say}
      />
    </div>
  )
}
