import type { Editor } from '@tiptap/core'
import { useEffect, useId, useLayoutEffect, useRef, useSyncExternalStore } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import type { SlashState } from './SlashState.ts'

const gap = 6

/** The list below the caret; the focus stays in the text, which names the active option for screen readers. */
export function SlashMenu({ state, editor }: { state: SlashState; editor: Editor }) {
  const { t } = useTranslation('editor')
  const view = useSyncExternalStore(state.subscribe, state.current)
  const box = useRef<HTMLDivElement>(null)
  const id = useId()

  useLayoutEffect(() => {
    const list = box.current
    if (!view?.at || list === null) return
    const { width, height } = list.getBoundingClientRect()
    const below = view.at.bottom + gap + height <= window.innerHeight
    list.style.left = `${Math.max(gap, Math.min(view.at.left, window.innerWidth - width - gap))}px`
    list.style.top = `${below ? view.at.bottom + gap : Math.max(gap, view.at.top - gap - height)}px`
    list.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [view])

  const active = view && view.items.length > 0 ? `${id}-${view.active}` : null
  useEffect(() => {
    const { dom } = editor.view
    if (active === null) return
    dom.setAttribute('aria-controls', id)
    dom.setAttribute('aria-activedescendant', active)
    return () => {
      dom.removeAttribute('aria-controls')
      dom.removeAttribute('aria-activedescendant')
    }
  }, [active, editor, id])

  if (!view) return null
  return createPortal(
    <div ref={box} className="weft-menu weft-slash-menu" id={id} role="listbox" aria-label={t('slash.label')}>
      {view.items.length === 0 && <p className="weft-menu-empty">{t('slash.nothing')}</p>}
      {view.items.map((choice, i) => (
        <div
          key={choice.id}
          id={`${id}-${i}`}
          role="option"
          tabIndex={-1}
          aria-selected={i === view.active}
          className="weft-menu-item"
          onPointerDown={(event) => event.preventDefault()}
          onPointerEnter={() => state.show({ ...view, active: i })}
          onClick={() => view.choose(choice)}
          onKeyDown={(event) => event.key === 'Enter' && view.choose(choice)}
        >
          <choice.icon size={16} aria-hidden="true" />
          <span>{t(`block.${choice.id}`)}</span>
          {choice.hint !== '' && <kbd>{choice.hint}</kbd>}
        </div>
      ))}
    </div>,
    document.body,
  )
}
