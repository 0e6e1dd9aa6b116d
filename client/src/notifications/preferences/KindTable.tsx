import {
  type ChangePreferences,
  isAlwaysShown,
  type KindPreference,
  MailWhen,
  type NotificationKind,
  type NotificationPreferences,
  notificationKinds,
} from '@weft/shared/notifications'
import { useTranslation } from 'react-i18next'
import { Select } from '../../kit/index.ts'
import { Check } from './Check.tsx'

/** By which ways one hears of each kind. */
export function KindTable(props: {
  kinds: NotificationPreferences['kinds']
  onChange(kinds: ChangePreferences['kinds']): void
}) {
  const { t } = useTranslation('notifications')
  const { kinds, onChange } = props
  const change = (kind: NotificationKind, part: Partial<KindPreference>) => onChange({ [kind]: part })
  return (
    <table className="w-full border-collapse text-sm">
      <caption className="sr-only">{t('preferences.table')}</caption>
      <thead>
        <tr className="border-line border-b text-left text-muted text-xs">
          <th scope="col" className="py-2 pr-2 font-medium">
            {t('preferences.kind')}
          </th>
          {(['page', 'push', 'mail'] as const).map((channel) => (
            <th key={channel} scope="col" className="px-1 py-2 text-center font-medium sm:px-3">
              {t(`preferences.channel.${channel}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {notificationKinds.map((kind) => {
          const { page, push, mail } = kinds[kind]
          const name = t(`kind.${kind}`)
          const label = (channel: 'page' | 'push' | 'mail') =>
            t('preferences.cell', { kind: name, channel: t(`preferences.channel.${channel}`) })
          return (
            <tr key={kind} className="border-line border-b">
              <th scope="row" className="py-1.5 pr-2 text-left font-normal">
                {name}
              </th>
              <td className="px-1 text-center sm:px-3">
                <Check
                  label={label('page')}
                  checked={page || isAlwaysShown(kind)}
                  disabled={isAlwaysShown(kind)}
                  onChange={(next) => change(kind, { page: next })}
                />
              </td>
              <td className="px-1 text-center sm:px-3">
                <Check label={label('push')} checked={push} onChange={(next) => change(kind, { push: next })} />
              </td>
              <td className="px-1 text-center sm:px-3">
                <Select
                  quiet
                  label={label('mail')}
                  value={mail}
                  options={MailWhen.options.map((value) => ({ value, text: t(`preferences.mail.${value}`) }))}
                  onChange={(next) => change(kind, { mail: next })}
                />
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
