import type { DocumentId } from '@weft/shared/kit'
import { Minimize2 } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { leaveFocusMode } from '../kit/focusMode.ts'
import { IconButton, restorePanel, useShownPanel } from '../kit/index.ts'
import { SaveWord } from '../live/index.ts'

/** All that is left of the header in focus mode: whether the text is saved, and the way back. As high, so that no line jumps. */
export function FocusCorner({ documentId }: { documentId: DocumentId }) {
  const { t } = useTranslation('documents')
  const { name: panel } = useShownPanel()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the panel that was there comes back without the keyboard
  useEffect(() => restorePanel(panel), [])
  useEffect(() => {
    // The button that asked for it has gone; where the caret is, it stays.
    const frame = requestAnimationFrame(() => {
      if (document.activeElement === document.body) document.getElementById('main')?.focus({ preventScroll: true })
    })
    return () => cancelAnimationFrame(frame)
  }, [])
  return (
    <div className="pointer-events-none sticky top-0 z-20 flex h-12 items-center justify-end gap-2 px-3">
      <div className="pointer-events-auto flex items-center gap-2 rounded-md bg-canvas">
        <SaveWord documentId={documentId} />
        <IconButton icon={Minimize2} label={t('focus.leave')} keys="Esc" onClick={leaveFocusMode} />
      </div>
      <p role="status" className="sr-only">
        {t('focus.on')}
      </p>
    </div>
  )
}
