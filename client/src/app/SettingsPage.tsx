import { languages } from '@weft/shared/auth'
import { Bell, KeyRound, LogOut, Megaphone } from 'lucide-react'
import { type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { chooseLanguage, OwnPicture, ProfileForm, useAccount, useSignOut } from '../auth/index.ts'
import {
  Button,
  OfflineError,
  Select,
  SidePage,
  SidePageSection,
  setTheme,
  type Theme,
  toastProblem,
  useTheme,
} from '../kit/index.ts'
import { readingWidths, setReadingWidth, useReadingWidth } from '../kit/readingWidth.ts'
import { OwnTimeZone } from '../notifications/index.ts'
import { Avatar } from '../presence/index.ts'
import { useWorkspaces } from '../workspaces/index.ts'
import { forgetAll } from './forgetAll.ts'
import { OfflineSettings } from './OfflineSettings.tsx'

const themes: readonly Theme[] = ['system', 'light', 'dark']
const nameOf = (language: string): string =>
  new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language

/** The words of another language come from the server. */
const sayOffline = (cause: unknown): void => toastProblem(new OfflineError({ cause }))

/** What concerns oneself: name, looks, language, leaving. */
export function SettingsPage() {
  const { t, i18n } = useTranslation('app')
  const theme = useTheme()
  const width = useReadingWidth()
  const account = useAccount()
  const { data: workspaces = [] } = useWorkspaces()
  const announces = account.ownsInstallation || workspaces.some(({ role }) => role === 'owner' || role === 'admin')
  const { start, dialog } = useSignOut(() => forgetAll(account.id))
  return (
    <SidePage title={t('settings.title')} back={{ to: '/', text: t('settings.back') }}>
      <SidePageSection title={t('settings.profile')}>
        <div className="flex flex-col items-start gap-6">
          <OwnPicture preview={(image) => <Avatar person={{ ...account, image }} size={56} />} />
          <ProfileForm />
          <div className="w-full text-sm">
            <Row name={t('settings.language')}>
              <Select
                label={t('settings.language')}
                value={languages.find((one) => one === i18n.language) ?? 'en'}
                options={languages.map((value) => ({ value, text: nameOf(value) }))}
                onChange={(language) => void chooseLanguage(account, language).catch(sayOffline)}
              />
            </Row>
          </div>
          <Suspense>
            <OwnTimeZone />
          </Suspense>
          <Button asChild>
            <Link to="/settings/account">
              <KeyRound size={16} aria-hidden />
              {t('settings.account')}
            </Link>
          </Button>
        </div>
      </SidePageSection>
      <SidePageSection title={t('settings.looks')}>
        <div className="flex flex-col gap-3 text-sm">
          <Row name={t('settings.theme')}>
            <Select
              label={t('settings.theme')}
              value={theme}
              options={themes.map((value) => ({ value, text: t(`settings.themes.${value}`) }))}
              onChange={setTheme}
            />
          </Row>
          <Row name={t('settings.width')}>
            <Select
              label={t('settings.width')}
              value={width}
              options={readingWidths.map((value) => ({ value, text: t(`settings.widths.${value}`) }))}
              onChange={setReadingWidth}
            />
          </Row>
        </div>
      </SidePageSection>
      <SidePageSection title={t('settings.notifications')}>
        <div className="flex flex-wrap gap-2">
          <Button asChild>
            <Link to="/settings/notifications">
              <Bell size={16} aria-hidden />
              {t('settings.hearing')}
            </Link>
          </Button>
          {announces && (
            <Button asChild>
              <Link to="/settings/announcements">
                <Megaphone size={16} aria-hidden />
                {t('settings.announcements')}
              </Link>
            </Button>
          )}
        </div>
      </SidePageSection>
      <SidePageSection title={t('settings.offline')}>
        <OfflineSettings />
      </SidePageSection>
      <SidePageSection title={t('settings.leave')}>
        <Button onClick={start}>
          <LogOut size={16} aria-hidden />
          {t('account.signOut')}
        </Button>
      </SidePageSection>
      {dialog}
    </SidePage>
  )
}

const Row = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className="flex max-w-sm items-center justify-between gap-4">
    <span aria-hidden>{name}</span>
    {children}
  </div>
)
