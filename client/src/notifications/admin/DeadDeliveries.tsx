import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import { Button, ErrorState, toastProblem } from '../../kit/index.ts'
import { notificationsApi } from '../api.ts'
import { timeText } from '../centre/NotificationRow.tsx'

const deadKey = ['dead-deliveries']

/** Mails and pushes that did not arrive, however often they were tried, and a way to try them again. */
export function DeadDeliveries() {
  const { t, i18n } = useTranslation('notifications')
  const client = useQueryClient()
  const query = useQuery({ queryKey: deadKey, queryFn: () => notificationsApi.announcements.deadDeliveries() })
  const { mutate, isPending } = useMutation({
    mutationFn: (ids: string[]) => notificationsApi.announcements.sendAgain({ ids }),
    onSuccess: ({ waiting }) => toast(t('dead.again', { count: waiting })),
    onError: toastProblem,
    onSettled: () => client.invalidateQueries({ queryKey: deadKey }),
  })
  const dead = query.data ?? []
  return (
    <section>
      <div className="mb-3 flex items-center gap-3">
        <h2 className="flex-1 font-semibold text-lg">{t('dead.title')}</h2>
        {dead.length > 1 && (
          <Button size="sm" busy={isPending} onClick={() => mutate(dead.map(({ id }) => id))}>
            {t('dead.sendAll')}
          </Button>
        )}
      </div>
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && dead.length === 0 && <p className="text-muted text-sm">{t('dead.none')}</p>}
      <ul className="divide-y divide-line border-line border-y empty:hidden">
        {dead.map(({ id, channel, kind, name, error, attempts, failedAt }) => (
          <li key={id} className="flex flex-wrap items-center gap-3 py-2.5 text-sm">
            <div className="min-w-0 flex-1 basis-60">
              <p>
                {t(`preferences.channel.${channel}`)} ·{' '}
                {kind === null ? t('preferences.mail.digest') : t(`kind.${kind}`)} ·{' '}
                {t('dead.to', { name: name ?? t('who.somebody') })}
              </p>
              <p className="break-words text-muted text-xs">{error}</p>
              <p className="text-faint text-xs">
                {timeText(failedAt, i18n.language)} · {t('dead.tried', { count: attempts })}
              </p>
            </div>
            <Button size="sm" busy={isPending} onClick={() => mutate([id])}>
              {t('dead.send')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
