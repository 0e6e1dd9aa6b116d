import { useTranslation } from 'react-i18next'
import { ErrorState, Loading, SidePage, SidePageSection, Skeleton } from '../kit/index.ts'
import { DeleteAccount } from './DeleteAccount.tsx'
import { DeviceList } from './DeviceList.tsx'
import { Passkeys } from './Passkeys.tsx'
import { PasswordForm } from './PasswordForm.tsx'
import { TwoFactor } from './TwoFactor.tsx'
import { useSecurity } from './useSecurity.ts'

/** How one gets into one's account, and where one is in it. */
export function AccountPage({ forgetMore }: { forgetMore(): Promise<void> }) {
  const { t } = useTranslation('auth')
  const { data: security, isError, error, refetch } = useSecurity()
  return (
    <SidePage title={t('account.title')} back={{ to: '/settings', text: t('account.back') }}>
      {security !== undefined ? (
        <>
          <SidePageSection title={t('password')}>
            {security.hasPassword ? <PasswordForm /> : <p className="text-muted text-sm">{t('error.no-password')}</p>}
          </SidePageSection>
          <SidePageSection title={t('twoFactor.section')}>
            <TwoFactor security={security} />
          </SidePageSection>
          <SidePageSection title={t('passkeys.title')}>
            <Passkeys security={security} />
          </SidePageSection>
          <SidePageSection title={t('devices.title')}>
            <DeviceList devices={security.devices} />
          </SidePageSection>
          <SidePageSection title={t('deleteAccount.section')}>
            <DeleteAccount hasPassword={security.hasPassword} forgetMore={forgetMore} />
          </SidePageSection>
        </>
      ) : isError ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading>
          <Skeleton className="h-40" />
        </Loading>
      )}
    </SidePage>
  )
}
