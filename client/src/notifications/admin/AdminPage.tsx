import { useTranslation } from 'react-i18next'
import { useAccount } from '../../auth/index.ts'
import '../catalogue.ts'
import { SidePage, Tabs } from '../../kit/index.ts'
import { Announcements } from './Announcements.tsx'
import { DeadDeliveries } from './DeadDeliveries.tsx'
import { Statistics } from './Statistics.tsx'
import { Templates } from './Templates.tsx'

/** Announcements, for those who may write some; and for the owner of the installation how mails and pushes read and fare. */
export function AdminPage() {
  const { t } = useTranslation('notifications')
  const { ownsInstallation } = useAccount()
  return (
    <SidePage title={t('admin.title')} back={{ to: '/settings', text: t('preferences.back') }} wide>
      {ownsInstallation ? (
        <Tabs
          label={t('admin.title')}
          tabs={[
            { value: 'announcements', title: t('admin.announcements'), content: <Announcements /> },
            { value: 'deliveries', title: t('admin.deliveries'), content: <Deliveries /> },
            { value: 'templates', title: t('admin.templates'), content: <Templates /> },
          ]}
        />
      ) : (
        <Announcements />
      )}
    </SidePage>
  )
}

const Deliveries = () => (
  <div className="flex flex-col gap-8">
    <Statistics />
    <DeadDeliveries />
  </div>
)
