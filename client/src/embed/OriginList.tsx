import { originOf } from '@weft/shared/embed'
import type { WorkspaceId } from '@weft/shared/kit'
import { Globe } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, ErrorState, Field, Loading, Skeleton } from '../kit/index.ts'
import { useOrigins } from './queries.ts'

/** The places whose pages may show documents of the workspace. */
export function OriginList({ workspaceId }: { workspaceId: WorkspaceId }) {
  const { t } = useTranslation('embed')
  const origins = useOrigins(workspaceId)
  const [written, setWritten] = useState('')
  const [wrong, setWrong] = useState(false)
  const add = (event: FormEvent) => {
    event.preventDefault()
    const origin = originOf(written)
    setWrong(origin === null)
    if (origin === null) return
    origins.say({ add: origin })
    setWritten('')
  }
  return (
    <section aria-labelledby="origins-title">
      <h2 id="origins-title" className="font-semibold text-lg">
        {t('origins.title')}
      </h2>
      <p className="mt-1 mb-4 text-muted text-sm">{t('origins.text')}</p>
      {origins.data === undefined ? (
        origins.isError ? (
          <ErrorState error={origins.error} onRetry={() => void origins.refetch()} />
        ) : (
          <Loading>
            <Skeleton className="h-11" />
          </Loading>
        )
      ) : (
        origins.data.length > 0 && (
          <ul className="mb-4 divide-y divide-line border-line border-y" data-testid="origins">
            {origins.data.map(({ id, origin }) => (
              <li key={origin} className="flex min-h-11 items-center gap-3 py-1">
                <Globe size={16} aria-hidden className="shrink-0 text-faint" />
                <span className="min-w-0 flex-1 break-all text-sm">{origin}</span>
                <Button
                  size="sm"
                  look="plain"
                  aria-label={t('origins.removeNamed', { origin })}
                  onClick={() => origins.say({ remove: id })}
                >
                  {t('origins.remove')}
                </Button>
              </li>
            ))}
          </ul>
        )
      )}
      <form noValidate onSubmit={add} className="flex flex-col gap-2 sm:flex-row sm:items-start">
        <div className="min-w-0 flex-1">
          <Field
            label={t('origins.add')}
            type="url"
            inputMode="url"
            autoComplete="off"
            placeholder={t('origins.example')}
            value={written}
            error={wrong ? t('origins.wrong') : undefined}
            onChange={(event) => {
              setWritten(event.target.value)
              setWrong(false)
            }}
          />
        </div>
        <Button type="submit" className="self-end sm:mt-[1.625rem] sm:self-auto">
          {t('origins.action')}
        </Button>
      </form>
    </section>
  )
}
