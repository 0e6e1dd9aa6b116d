import { useTranslation } from 'react-i18next'
import { Toaster } from 'sonner'
import { useTheme } from './theme.ts'

/** Where toasts appear, at most three (ux: Notifications). */
export function Toasts() {
  const { t } = useTranslation('kit')
  return (
    <Toaster
      theme={useTheme()}
      visibleToasts={3}
      position="bottom-right"
      containerAriaLabel={t('toasts')}
      toastOptions={{
        classNames: {
          toast: '!bg-raised !text-ink !border-line !shadow-lg !rounded-lg !font-sans',
          actionButton: '!bg-accent !text-on-accent',
          error: '[&_[data-icon]]:!text-danger',
        },
      }}
    />
  )
}
