import { useMutation, useQueryClient } from '@tanstack/react-query'
import {
  announcementTextLimit,
  announcementTitleLimit,
  NotificationLevel,
  type WriteAnnouncement,
} from '@weft/shared/notifications'
import { MemberRole, type Workspace } from '@weft/shared/workspaces'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import type { z } from 'zod'
import { Button, Field, Select, toastProblem } from '../../kit/index.ts'
import { notificationsApi } from '../api.ts'
import { fieldTime, timeInField } from '../snoozeTimes.ts'
import { Area } from './Area.tsx'
import { announcementsKey } from './keys.ts'

const all = 'all'

/** Tells many, now or at a time. `everybody`: the whole installation may be told. */
export function AnnouncementForm({ places, everybody }: { places: readonly Workspace[]; everybody: boolean }) {
  const { t } = useTranslation('notifications')
  const client = useQueryClient()
  const [title, setTitle] = useState('')
  const [text, setText] = useState('')
  const [level, setLevel] = useState<NotificationLevel>('info')
  const [place, setPlace] = useState<string>(everybody ? all : (places[0]?.id ?? all))
  const [role, setRole] = useState<MemberRole | typeof all>(all)
  const [at, setAt] = useState('')
  const { mutate, isPending } = useMutation({
    mutationFn: (announcement: z.input<typeof WriteAnnouncement>) =>
      notificationsApi.announcements.announce(announcement),
    onSuccess: ({ dueAt }) => {
      setTitle('')
      setText('')
      setAt('')
      toast(t(dueAt > Date.now() ? 'announce.planned' : 'announce.underWay'))
      return client.invalidateQueries({ queryKey: announcementsKey })
    },
    onError: toastProblem,
  })
  const send = (event: FormEvent) => {
    event.preventDefault()
    const workspaceId = places.find(({ id }) => id === place)?.id ?? null
    mutate({
      title,
      text,
      level,
      audience: { workspaceId, roles: role === all ? null : [role] },
      dueAt: at === '' ? null : timeInField(at),
    })
  }
  return (
    <form onSubmit={send} className="flex flex-col gap-4">
      <Field
        label={t('announce.title')}
        value={title}
        maxLength={announcementTitleLimit}
        required
        onChange={({ target }) => setTitle(target.value)}
      />
      <Area label={t('announce.text')} value={text} maxLength={announcementTextLimit} onChange={setText} />
      <div className="flex flex-wrap items-center gap-2 text-sm">
        <Select
          label={t('announce.whom')}
          value={place}
          options={[
            ...(everybody ? [{ value: all, text: t('announce.everybody') }] : []),
            ...places.map(({ id, name }) => ({ value: id as string, text: name })),
          ]}
          onChange={setPlace}
        />
        <Select
          label={t('announce.roles')}
          value={role}
          options={[
            { value: all, text: t('announce.role.all') },
            ...MemberRole.options.map((value) => ({ value, text: t(`announce.role.${value}`) })),
          ]}
          onChange={(next) => setRole(next)}
        />
        <Select
          label={t('announce.level')}
          value={level}
          options={NotificationLevel.options.map((value) => ({ value, text: t(`announce.levels.${value}`) }))}
          onChange={(next) => setLevel(next)}
        />
      </div>
      <div className="flex flex-wrap items-end justify-between gap-3">
        <Field
          label={t('announce.at')}
          hint={t('announce.atHint')}
          type="datetime-local"
          min={fieldTime(Date.now())}
          value={at}
          onChange={({ target }) => setAt(target.value)}
        />
        <Button type="submit" look="primary" busy={isPending}>
          {t(at === '' ? 'announce.now' : 'announce.plan')}
        </Button>
      </div>
    </form>
  )
}
