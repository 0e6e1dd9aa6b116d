import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type NotificationKind, notificationKinds, type Template, TemplateChannel } from '@weft/shared/notifications'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, ErrorState, Field, Loading, problemText, Select, Skeleton, toastProblem } from '../../kit/index.ts'
import { notificationsApi } from '../api.ts'
import { Area } from './Area.tsx'

const templatesKey = ['templates']

/** The words of mails and pushes: seen, tried and changed, kind by kind. */
export function Templates() {
  const { t } = useTranslation('notifications')
  const [kind, setKind] = useState<NotificationKind>('mention')
  const [channel, setChannel] = useState<TemplateChannel>('mail')
  const query = useQuery({ queryKey: templatesKey, queryFn: () => notificationsApi.announcements.templates() })
  if (query.data === undefined) {
    return query.isError ? (
      <ErrorState error={query.error} onRetry={() => void query.refetch()} />
    ) : (
      <Loading>
        <Skeleton className="h-64" />
      </Loading>
    )
  }
  const template = query.data.templates.find((one) => one.kind === kind && one.channel === channel)
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap gap-2">
        <Select
          label={t('preferences.kind')}
          value={kind}
          options={notificationKinds.map((value) => ({ value, text: t(`kind.${value}`) }))}
          onChange={(next) => setKind(next)}
        />
        <Select
          label={t('templates.channel')}
          value={channel}
          options={TemplateChannel.options.map((value) => ({ value, text: t(`preferences.channel.${value}`) }))}
          onChange={(next) => setChannel(next)}
        />
      </div>
      <p className="text-muted text-sm">
        {t('templates.variables')}{' '}
        <code className="break-words">{query.data.variables.map((name) => `{{${name}}}`).join(' ')}</code>
      </p>
      {template !== undefined && <Words key={`${kind} ${channel} ${template.changed}`} template={template} />}
    </div>
  )
}

function Words({ template }: { template: Template }) {
  const { t } = useTranslation('notifications')
  const { t: tKit } = useTranslation('kit')
  const client = useQueryClient()
  const { kind, channel } = template
  const [words, setWords] = useState({ subject: template.subject, text: template.text })
  const changed = { onSuccess: () => client.invalidateQueries({ queryKey: templatesKey }) }
  const call = { ...words, kind, channel }
  const keep = useMutation({ mutationFn: () => notificationsApi.announcements.setTemplate(call), ...changed })
  const reset = useMutation({
    mutationFn: () => notificationsApi.announcements.resetTemplate({ kind, channel }),
    onError: toastProblem,
    ...changed,
  })
  const preview = useMutation({ mutationFn: () => notificationsApi.announcements.previewTemplate(call) })
  // What is wrong stays to be read while one mends it, and what was right before is none of it any more.
  const problem = keep.error ?? preview.error
  const run = (one: typeof keep | typeof preview) => {
    keep.reset()
    preview.reset()
    one.mutate()
  }
  return (
    <div className="flex flex-col gap-4">
      <Field
        label={t('templates.subject')}
        value={words.subject}
        maxLength={500}
        onChange={({ target }) => setWords({ ...words, subject: target.value })}
      />
      <Area
        label={t('templates.text')}
        rows={8}
        value={words.text}
        maxLength={10_000}
        onChange={(text) => setWords({ ...words, text })}
      />
      {problem !== null && (
        <p role="alert" className="break-words text-danger text-sm">
          {problemText(problem, tKit)}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        <Button look="primary" busy={keep.isPending} onClick={() => run(keep)}>
          {t('templates.keep')}
        </Button>
        <Button busy={preview.isPending} onClick={() => run(preview)}>
          {t('templates.preview')}
        </Button>
        {template.changed && (
          <Button look="plain" busy={reset.isPending} onClick={() => reset.mutate()}>
            {t('templates.reset')}
          </Button>
        )}
      </div>
      {preview.data !== undefined && (
        <section aria-label={t('templates.preview')} className="rounded-lg border border-line p-4 text-sm">
          <p className="mb-2 font-medium">{preview.data.subject}</p>
          <p className="whitespace-pre-line">{preview.data.text}</p>
        </section>
      )}
    </div>
  )
}
