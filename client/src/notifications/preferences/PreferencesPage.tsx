import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import '../catalogue.ts'
import { ErrorState, Loading, SidePage, Skeleton } from '../../kit/index.ts'
import { PushSection } from '../push/PushSection.tsx'
import { Check } from './Check.tsx'
import { KindTable } from './KindTable.tsx'
import { DigestTimes, Line, QuietTimes, ZoneChoice } from './Times.tsx'
import { usePreferences } from './usePreferences.ts'

/** What one wants to hear of, by which way, and when. Each change is kept at once. */
export function PreferencesPage() {
  const { t } = useTranslation('notifications')
  const { query, preferences, change } = usePreferences()
  return (
    <SidePage title={t('preferences.title')} back={{ to: '/settings', text: t('preferences.back') }}>
      {preferences === undefined ? (
        query.isError ? (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <Loading>
            <Skeleton className="h-96" />
          </Loading>
        )
      ) : (
        <>
          <Section title={t('preferences.ways')}>
            <KindTable kinds={preferences.kinds} onChange={(kinds) => change({ kinds })} />
          </Section>
          <Section title={t('push.title')}>
            <PushSection />
          </Section>
          <Section title={t('preferences.quiet.title')}>
            <QuietTimes preferences={preferences} onChange={change} />
          </Section>
          <Section title={t('preferences.digest.title')}>
            <DigestTimes preferences={preferences} onChange={change} />
          </Section>
          <Section title={t('preferences.clock')}>
            <ZoneChoice preferences={preferences} onChange={change} />
          </Section>
          <Section title={t('preferences.more')}>
            <div className="flex flex-col gap-3">
              {(['privateMail', 'watchOwn'] as const).map((wish) => (
                <Line key={wish} text={t(`preferences.${wish}`)}>
                  <Check
                    label={t(`preferences.${wish}`)}
                    checked={preferences[wish]}
                    onChange={(checked) => change({ [wish]: checked })}
                  />
                </Line>
              ))}
            </div>
          </Section>
        </>
      )}
    </SidePage>
  )
}

const Section = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="border-line border-t pt-6">
    <h2 className="mb-4 font-semibold text-lg">{title}</h2>
    {children}
  </section>
)
