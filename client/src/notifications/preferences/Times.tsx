import type { ChangePreferences, DigestRhythm, NotificationPreferences, QuietHours } from '@weft/shared/notifications'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Input, Select } from '../../kit/index.ts'
import { Check } from './Check.tsx'
import { zoneHere } from './usePreferences.ts'

const firstQuiet: QuietHours = { from: '22:00', until: '07:00' }
const rhythms = ['off', 'hour', 'day', 'week'] as const satisfies readonly DigestRhythm['every'][]
const hours = Array.from({ length: 24 }, (_, hour) => String(hour))
const weekdays = ['1', '2', '3', '4', '5', '6', '7']

interface Part {
  preferences: NotificationPreferences
  onChange(part: ChangePreferences): void
}

/** When nothing rings: in it, what would is kept until its end. */
export function QuietTimes({ preferences: { quietHours }, onChange }: Part) {
  const { t } = useTranslation('notifications')
  const time = (which: keyof QuietHours) =>
    quietHours !== null && (
      <Input
        type="time"
        className="!w-32"
        aria-label={t(`preferences.quiet.${which}`)}
        defaultValue={quietHours[which]}
        onBlur={({ target: { value } }) => {
          if (value !== '' && value !== quietHours[which]) onChange({ quietHours: { ...quietHours, [which]: value } })
        }}
      />
    )
  return (
    <div className="flex flex-col gap-3 text-sm">
      <Line text={t('preferences.quiet.text')}>
        <Check
          label={t('preferences.quiet.text')}
          checked={quietHours !== null}
          onChange={(on) => onChange({ quietHours: on ? firstQuiet : null })}
        />
      </Line>
      {quietHours !== null && (
        <div className="flex flex-wrap items-center gap-2 pl-6">
          {t('preferences.quiet.from')}
          {time('from')}
          {t('preferences.quiet.until')}
          {time('until')}
        </div>
      )}
    </div>
  )
}

/** When what is collected comes as one mail. */
export function DigestTimes({ preferences: { digest }, onChange }: Part) {
  const { t, i18n } = useTranslation('notifications')
  const change = (part: Partial<DigestRhythm>) => onChange({ digest: part })
  const hourText = new Intl.DateTimeFormat(i18n.language, { hour: 'numeric', timeZone: 'UTC' })
  const dayText = new Intl.DateTimeFormat(i18n.language, { weekday: 'long', timeZone: 'UTC' })
  return (
    <div className="flex flex-wrap items-center gap-2 text-sm">
      <Select
        label={t('preferences.digest.every')}
        value={digest.every}
        options={rhythms.map((value) => ({ value, text: t(`preferences.digest.rhythm.${value}`) }))}
        onChange={(every) => change({ every })}
      />
      {digest.every === 'week' && (
        <Select
          label={t('preferences.digest.weekday')}
          value={String(digest.weekday)}
          // The first of January 2029 is a Monday.
          options={weekdays.map((value) => ({ value, text: dayText.format(Date.UTC(2029, 0, Number(value))) }))}
          onChange={(weekday) => change({ weekday: Number(weekday) })}
        />
      )}
      {(digest.every === 'week' || digest.every === 'day') && (
        <Select
          label={t('preferences.digest.hour')}
          value={String(digest.hour)}
          options={hours.map((value) => ({ value, text: hourText.format(Date.UTC(2029, 0, 1, Number(value))) }))}
          onChange={(hour) => change({ hour: Number(hour) })}
        />
      )}
    </div>
  )
}

/** By which clock all of that is. */
export function ZoneChoice({ preferences: { timeZone }, onChange }: Part) {
  const { t } = useTranslation('notifications')
  const id = useId()
  const shown = timeZone ?? zoneHere()
  const zones = [...new Set([shown, zoneHere(), ...Intl.supportedValuesOf('timeZone')])].toSorted()
  return (
    <div className="flex flex-wrap items-center gap-2 text-sm">
      <label htmlFor={id}>{t('preferences.zone')}</label>
      <select
        id={id}
        value={shown}
        onChange={({ target }) => onChange({ timeZone: target.value })}
        className="h-8 max-w-full rounded-md border border-edge bg-canvas px-2 text-ink"
      >
        {zones.map((zone) => (
          <option key={zone}>{zone}</option>
        ))}
      </select>
    </div>
  )
}

export const Line = ({ text, children }: { text: string; children: ReactNode }) => (
  <div className="flex items-start gap-2 text-sm">
    <span className="pt-0.5">{children}</span>
    <span aria-hidden className="text-pretty">
      {text}
    </span>
  </div>
)
