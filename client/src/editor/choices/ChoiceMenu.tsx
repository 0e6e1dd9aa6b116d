import type { Editor } from '@tiptap/core'
import { type ReactNode, useEffect, useId, useLayoutEffect, useRef, useSyncExternalStore } from 'react'
import { createPortal } from 'react-dom'
import type { ChoiceState } from './ChoiceState.ts'

const gap = 6

export interface ChoiceMenuProps<C> {
  state: ChoiceState<C>
  editor: Editor
  label: string
  /** Shown where nothing is found; null: then there is no menu. */
  nothing: string | null
  children(choice: C): ReactNode
}

/** The list below the caret; the focus stays in the text, which names the active option for screen readers. */
export function ChoiceMenu<C>({ state, editor, label, nothing, children }: ChoiceMenuProps<C>) {
  const view = useSyncExternalStore(state.subscribe, state.current)
  const box = useRef<HTMLDivElement>(null)
  const id = useId()

  useLayoutEffect(() => {
    const list = box.current
    if (!view?.at || list === null) return
    const { width, height } = list.getBoundingClientRect()
    // A phone's keyboard covers the page and makes only this smaller.
    const seen = window.visualViewport
    const bottom = seen ? seen.offsetTop + seen.height : window.innerHeight
    const below = view.at.bottom + gap + height <= bottom
    list.style.left = `${Math.max(gap, Math.min(view.at.left, window.innerWidth - width - gap))}px`
    list.style.top = `${below ? view.at.bottom + gap : Math.max(gap, view.at.top - gap - height)}px`
    list.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [view])

  const active = view && view.choices.length > 0 ? `${id}-${view.active}` : null
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

  if (!view || (nothing === null && view.choices.length === 0)) return null
  return createPortal(
    <div ref={box} className="weft-menu weft-choices" id={id} role="listbox" aria-label={label}>
      {view.choices.length === 0 && <p className="weft-menu-empty">{nothing}</p>}
      {view.choices.map((choice, i) => (
        <div
          key={state.source.idOf(choice)}
          id={`${id}-${i}`}
          role="option"
          tabIndex={-1}
          aria-selected={i === view.active}
          className="weft-menu-item"
          onPointerDown={(event) => event.preventDefault()}
          onPointerMove={() => i !== view.active && state.activate(i)}
          onClick={() => view.choose(choice)}
          onKeyDown={(event) => event.key === 'Enter' && view.choose(choice)}
        >
          {children(choice)}
        </div>
      ))}
    </div>,
    document.body,
  )
}
