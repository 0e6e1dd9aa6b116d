import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ErrorState, Loading, Skeleton } from '../../kit/index.ts'
import { notificationsApi } from '../api.ts'
import { countsByKind } from './countsByKind.ts'

const day = 86_400_000
const shownDays = 30
const columns = ['sent', 'delivered', 'seen', 'clicked', 'failed'] as const

/** What became of what was sent, over the last month, by kind and way. */
export function Statistics() {
  const { t, i18n } = useTranslation('notifications')
  const query = useQuery({
    queryKey: ['delivery-counts'],
    queryFn: () => {
      const now = Date.now()
      const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10)
      return notificationsApi.announcements.statistics({ from: dayOf(now - shownDays * day), until: dayOf(now) })
    },
    refetchOnMount: 'always',
  })
  const number = new Intl.NumberFormat(i18n.language)
  const rows = countsByKind(query.data ?? [])
  return (
    <section>
      <h2 className="mb-3 font-semibold text-lg">{t('statistics.title', { count: shownDays })}</h2>
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.isLoading && (
        <Loading>
          <Skeleton className="h-24" />
        </Loading>
      )}
      {query.isSuccess && rows.length === 0 && <p className="text-muted text-sm">{t('statistics.none')}</p>}
      {rows.length > 0 && (
        <div className="overflow-x-auto">
          <table className="w-full border-collapse text-sm">
            <thead>
              <tr className="border-line border-b text-left text-muted text-xs">
                <th scope="col" className="py-2 pr-2 font-medium">
                  {t('preferences.kind')}
                </th>
                {columns.map((column) => (
                  <th key={column} scope="col" className="px-2 py-2 text-right font-medium">
                    {t(`statistics.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={`${row.kind} ${row.channel}`} className="border-line border-b">
                  <th scope="row" className="py-1.5 pr-2 text-left font-normal">
                    {t(`kind.${row.kind}`)} · {t(`preferences.channel.${row.channel}`)}
                  </th>
                  {columns.map((column) => (
                    <td key={column} className="px-2 text-right tabular-nums">
                      {number.format(row[column])}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}
