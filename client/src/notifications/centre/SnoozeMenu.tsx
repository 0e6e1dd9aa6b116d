import { AlarmClock, BellRing, CalendarClock } from 'lucide-react'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Dialog, Field, IconButton, Menu, MenuItem } from '../../kit/index.ts'
import { fieldTime, snoozeTimes, timeInField } from '../snoozeTimes.ts'

const whenFormat: Intl.DateTimeFormatOptions = { weekday: 'short', hour: 'numeric', minute: 'numeric' }

/** Lets a row come back at a time. `sleeping`: it does already, and may be brought back now. */
export function SnoozeMenu(props: { sleeping: boolean; tabIndex: number; onSnooze(until: number | null): void }) {
  const { t, i18n } = useTranslation('notifications')
  const [choosing, setChoosing] = useState(false)
  const format = new Intl.DateTimeFormat(i18n.language, whenFormat)
  return (
    <>
      <Menu
        align="end"
        label={t('row.snooze')}
        trigger={<IconButton icon={AlarmClock} label={t('row.snooze')} tabIndex={props.tabIndex} />}
      >
        {props.sleeping && (
          <MenuItem icon={BellRing} onSelect={() => props.onSnooze(null)}>
            {t('row.wake')}
          </MenuItem>
        )}
        {snoozeTimes(Date.now()).map(({ choice, until }) => (
          <MenuItem key={choice} icon={AlarmClock} onSelect={() => props.onSnooze(until)}>
            {t(`snooze.${choice}`, { when: format.format(until) })}
          </MenuItem>
        ))}
        <MenuItem icon={CalendarClock} onSelect={() => setChoosing(true)}>
          {t('snooze.choose')}
        </MenuItem>
      </Menu>
      {choosing && <SnoozeDialog onClose={() => setChoosing(false)} onSnooze={props.onSnooze} />}
    </>
  )
}

function SnoozeDialog(props: { onClose(): void; onSnooze(until: number): void }) {
  const { t } = useTranslation('notifications')
  const id = useId()
  const [value, setValue] = useState(() => fieldTime(snoozeTimes(Date.now())[0]?.until ?? Date.now()))
  const [past, setPast] = useState(false)
  const set = (event: FormEvent) => {
    event.preventDefault()
    const until = timeInField(value)
    if (until === null || until <= Date.now()) return setPast(true)
    props.onSnooze(until)
    props.onClose()
  }
  return (
    <Dialog open onOpenChange={(open) => !open && props.onClose()} title={t('snooze.title')}>
      <form id={id} onSubmit={set} className="flex flex-col gap-4">
        <Field
          label={t('snooze.time')}
          type="datetime-local"
          value={value}
          onChange={(event) => {
            setPast(false)
            setValue(event.target.value)
          }}
          error={past ? t('snooze.past') : undefined}
        />
        <Button type="submit" look="primary" className="self-end">
          {t('snooze.set')}
        </Button>
      </form>
    </Dialog>
  )
}
