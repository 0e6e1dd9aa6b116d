import { useTranslation } from 'react-i18next'
import { Button, Dialog } from '../kit/index.ts'
import { type OutboxRow, useLive, useOutbox, useOutboxSignedOut } from '../live/index.ts'
import { notText, whatText, whyText } from './refusal.ts'

/** What was done on this device and has not gone through: what waits, and what was refused with the ways on from there. */
export function OutboxDialog({ onClose }: { onClose(): void }) {
  const { t } = useTranslation('documents')
  const rows = useOutbox()
  const signedOut = useOutboxSignedOut()
  const refused = rows.filter(({ state }) => state === 'refused')
  const waiting = rows.filter(({ state }) => state === 'waiting')
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('outbox.title')}
      description={t(signedOut ? 'outbox.signedOut' : 'outbox.text')}
      wide
    >
      {refused.length + waiting.length === 0 && <p className="text-muted text-sm">{t('outbox.none')}</p>}
      <ul className="divide-y divide-line border-line border-y empty:hidden" data-testid="outbox">
        {refused.map((row) => (
          <Refused key={row.commandId} row={row} />
        ))}
        {waiting.map((row) => (
          <li key={row.commandId} className="px-1 py-2.5 text-sm">
            <p className="truncate">{whatText(row, t)}</p>
            <p className="text-muted text-xs">{t('outbox.waits')}</p>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}

function Refused({ row }: { row: OutboxRow }) {
  const { t } = useTranslation('documents')
  const { t: tKit } = useTranslation('kit')
  const live = useLive()
  const what = whatText(row, t)
  return (
    <li className="flex flex-wrap items-center gap-2 px-1 py-2.5 text-sm">
      <div className="min-w-48 flex-1">
        <p>{notText(row, t)}</p>
        <p className="text-muted text-xs">{whyText(row, t, tKit)}</p>
      </div>
      {row.refusal?.why !== 'needed' && (
        <>
          <Button
            size="sm"
            aria-label={t('outbox.retryOf', { what })}
            onClick={() => void live.retryCommand(row.commandId)}
          >
            {t('outbox.retry')}
          </Button>
          <Button
            size="sm"
            look="plain"
            aria-label={t('outbox.discardOf', { what })}
            onClick={() => void live.outbox.discard(row.commandId)}
          >
            {t('outbox.discard')}
          </Button>
        </>
      )}
    </li>
  )
}
