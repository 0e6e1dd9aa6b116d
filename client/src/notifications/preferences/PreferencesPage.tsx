import { useTranslation } from 'react-i18next'
import '../catalogue.ts'
import { ErrorState, Loading, SidePage, SidePageSection, Skeleton } from '../../kit/index.ts'
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
          <SidePageSection title={t('preferences.ways')}>
            <KindTable kinds={preferences.kinds} onChange={(kinds) => change({ kinds })} />
          </SidePageSection>
          <SidePageSection title={t('push.title')}>
            <PushSection />
          </SidePageSection>
          <SidePageSection title={t('preferences.quiet.title')}>
            <QuietTimes preferences={preferences} onChange={change} />
          </SidePageSection>
          <SidePageSection title={t('preferences.digest.title')}>
            <DigestTimes preferences={preferences} onChange={change} />
          </SidePageSection>
          <SidePageSection title={t('preferences.clock')}>
            <ZoneChoice preferences={preferences} onChange={change} />
          </SidePageSection>
          <SidePageSection title={t('preferences.more')}>
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
          </SidePageSection>
        </>
      )}
    </SidePage>
  )
}
