import { ArrowLeft } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useAccount } from '../../auth/index.ts'
import '../catalogue.ts'
import { Button, Tabs } from '../../kit/index.ts'
import { usePageTitle } from '../../kit/usePageTitle.ts'
import { Announcements } from './Announcements.tsx'
import { DeadDeliveries } from './DeadDeliveries.tsx'
import { Statistics } from './Statistics.tsx'
import { Templates } from './Templates.tsx'

/** Announcements, for those who may write some; and for the owner of the installation how mails and pushes read and fare. */
export function AdminPage() {
  const { t } = useTranslation('notifications')
  const { ownsInstallation } = useAccount()
  usePageTitle(t('admin.title'))
  return (
    <main className="mx-auto flex w-full max-w-3xl flex-col gap-6 px-4 py-8 sm:px-8">
      <div>
        <Button asChild look="plain" size="sm" className="-ml-2.5 mb-3">
          <Link to="/settings">
            <ArrowLeft size={16} aria-hidden />
            {t('preferences.back')}
          </Link>
        </Button>
        <h1 className="font-semibold text-2xl">{t('admin.title')}</h1>
      </div>
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
    </main>
  )
}

const Deliveries = () => (
  <div className="flex flex-col gap-8">
    <Statistics />
    <DeadDeliveries />
  </div>
)
