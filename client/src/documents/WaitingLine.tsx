import { CloudUpload, TriangleAlert } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useOutbox } from '../live/index.ts'
import { showOutbox } from './outboxDialog.ts'

/** What is on its way and arrives at once is not worth a line; ms. */
const shownAfter = 1_500

/** One line below the tree while changes wait for the network, or were refused; the list of them behind it. */
export function WaitingLine() {
  const { t } = useTranslation('documents')
  const rows = useOutbox()
  const waiting = rows.filter(({ state }) => state === 'waiting').length
  const refused = rows.filter(({ state }) => state === 'refused').length
  const [late, setLate] = useState(false)
  useEffect(() => {
    if (waiting === 0) return setLate(false)
    const timer = setTimeout(() => setLate(true), shownAfter)
    return () => clearTimeout(timer)
  }, [waiting])
  const text = refused > 0 ? t('outbox.refused', { count: refused }) : t('outbox.waiting', { count: waiting })
  const shown = refused > 0 || (late && waiting > 0)
  const Icon = refused > 0 ? TriangleAlert : CloudUpload
  return (
    <div role="status">
      {shown && (
        <button
          type="button"
          data-testid="outbox-line"
          onClick={() => showOutbox(true)}
          className="mt-2 flex min-h-8 w-full items-center gap-1 rounded-md pl-0.5 text-left text-muted text-sm hover:bg-hover hover:text-ink"
        >
          <span
            className={`inline-flex size-6 shrink-0 items-center justify-center ${refused > 0 ? 'text-warning' : 'text-faint'}`}
            aria-hidden
          >
            <Icon size={16} />
          </span>
          {text}
        </button>
      )}
    </div>
  )
}
