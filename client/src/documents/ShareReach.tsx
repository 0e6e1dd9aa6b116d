import type { Document, DocumentPeople } from '@weft/shared/documents'
import { Lock, Users } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Select, toastProblem } from '../kit/index.ts'
import { useSetRestricted } from './queries.ts'
import { titled } from './shareWords.ts'

/** Whether a document lets in whoever may open what is above it, or only those who are listed on it. */
export function ShareReach(props: { document: Document; access: DocumentPeople; manages: boolean }) {
  const { restricted, above } = props.access
  const { t } = useTranslation('documents')
  const setRestricted = useSetRestricted(props.document)
  const [asking, setAsking] = useState(false)
  const open =
    above === null
      ? t('share.reach.everybody')
      : above.title === null
        ? t('share.reach.above')
        : t('share.reach.titled', { title: titled(above.title, t) })
  const Icon = restricted || above !== null ? Lock : Users
  const value = restricted ? 'listed' : 'open'
  const shown = asking ? (restricted ? 'open' : 'listed') : value
  const hint = shown === 'listed' ? 'listed' : above === null ? 'everybody' : 'above'
  return (
    <section aria-label={t('share.reach.label')} className="rounded-lg border border-line p-2.5">
      <div className="flex items-center gap-2.5">
        <Icon size={20} aria-hidden className="shrink-0 text-muted" />
        <div className="min-w-0 flex-1">
          {props.manages ? (
            <Select<'open' | 'listed'>
              quiet
              label={t('share.reach.label')}
              value={shown}
              options={[
                { value: 'open', text: open },
                { value: 'listed', text: t('share.reach.listed') },
              ]}
              disabled={setRestricted.isPending}
              onChange={(next) => setAsking(next !== value)}
            />
          ) : (
            <p className="px-2 text-sm">{restricted ? t('share.reach.listed') : open}</p>
          )}
          <p className="px-2 text-muted text-xs">{t(`share.reach.hint.${hint}`)}</p>
        </div>
      </div>
      {asking && (
        <Question
          access={props.access}
          busy={setRestricted.isPending}
          onCancel={() => setAsking(false)}
          onAction={() =>
            setRestricted.mutate(!restricted, { onError: toastProblem, onSettled: () => setAsking(false) })
          }
        />
      )}
    </section>
  )
}

/** What will happen, to how many people, before it does. */
function Question(props: { access: DocumentPeople; busy: boolean; onCancel(): void; onAction(): void }) {
  const { restricted, others: count } = props.access
  const { t } = useTranslation('documents')
  return (
    <div className="mt-2.5 border-line border-t pt-2.5">
      <p role="alert" className="text-sm">
        {t(restricted ? 'share.reach.widen' : 'share.reach.narrow', { count })} {!restricted && t('share.reach.keep')}
      </p>
      <div className="mt-2.5 flex justify-end gap-2">
        <Button size="sm" onClick={props.onCancel}>
          {t('share.reach.cancel')}
        </Button>
        <Button size="sm" look="primary" busy={props.busy} onClick={props.onAction}>
          {t(restricted ? 'share.reach.doWiden' : 'share.reach.doNarrow')}
        </Button>
      </div>
    </div>
  )
}
