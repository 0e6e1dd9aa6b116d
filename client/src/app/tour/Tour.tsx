import { X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../../kit/index.ts'
import { modKey } from '../keys.ts'
import { useTyping } from './useTyping.ts'

const steps = ['documents', 'writing', 'people', 'finding'] as const

/**
 * Four things to know, one after the other, in a corner that nothing depends on. `beside`: there is a sidebar, over whose
 * foot it stands; else it gives way while one types.
 */
export function Tour({ beside, onEnd }: { beside: boolean; onEnd(): void }) {
  const { t } = useTranslation('app')
  const [at, setAt] = useState(0)
  const typing = useTyping()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    // Whoever came here by keyboard finds it; whoever is somewhere already stays there.
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true })
  }, [])
  if (typing && !beside) return null
  const step = steps[at] ?? steps[0]
  const last = at === steps.length - 1
  return (
    <aside
      aria-label={t('tour.label')}
      data-testid="tour"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        onEnd()
      }}
      className={`fixed bottom-3 left-3 z-20 flex flex-col gap-2 rounded-xl border border-line bg-raised p-3.5 text-sm shadow-lg ${
        beside ? 'w-58' : 'right-3 sm:right-auto sm:w-80'
      }`}
    >
      <div className="flex items-start justify-between gap-2">
        <p className="text-faint text-xs">{t('tour.step', { at: at + 1, of: steps.length })}</p>
        <IconButton icon={X} label={t('tour.skip')} className="-mt-1.5 -mr-1.5" onClick={onEnd} />
      </div>
      <div aria-live="polite">
        <h2 ref={heading} tabIndex={-1} className="font-semibold text-base focus:outline-none">
          {t(`tour.${step}.title`)}
        </h2>
        <p className="mt-1 text-pretty text-muted">{t(`tour.${step}.text`, { mod: modKey })}</p>
      </div>
      <div className="mt-1 flex justify-end gap-2">
        {at > 0 && (
          <Button size="sm" onClick={() => setAt(at - 1)}>
            {t('tour.back')}
          </Button>
        )}
        <Button size="sm" look="primary" onClick={() => (last ? onEnd() : setAt(at + 1))}>
          {t(last ? 'tour.done' : 'tour.next')}
        </Button>
      </div>
    </aside>
  )
}
