import type { Editor } from '@tiptap/core'
import { NodeSelection, TextSelection } from '@tiptap/pm/state'
import { useEditorState } from '@tiptap/react'
import { latexLimit, latexOf } from '@weft/shared/editor'
import { useCallback, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { EditorMenu } from '../toolbar/EditorMenu.tsx'
import { editMathEvent } from './mathWithView.ts'

function selectedFormula({ state: { selection } }: Editor): NodeSelection | null {
  const isFormula = selection instanceof NodeSelection && selection.node.type.name.startsWith('math')
  return isFormula ? selection : null
}

/** The LaTeX of the selected formula, below it. */
export function MathMenu({ editor }: { editor: Editor }) {
  const { t } = useTranslation('editor')
  const field = useRef<HTMLTextAreaElement>(null)
  const latex = useEditorState({
    editor,
    selector: () => {
      const selected = selectedFormula(editor)
      return selected && latexOf(selected.node.attrs)
    },
  })
  const isNew = latex === ''
  /** The field gets the keyboard as soon as it is there. */
  const wanted = useRef(false)
  const enter = useCallback(() => {
    wanted.current = true
    field.current?.focus()
  }, [])
  useEffect(() => {
    const { dom } = editor.view
    dom.addEventListener(editMathEvent, enter)
    if (isNew) enter()
    return () => dom.removeEventListener(editMathEvent, enter)
  }, [editor, isNew, enter])
  const shown = () => {
    // Commands that gave the text the keyboard do so within a frame.
    if (wanted.current) requestAnimationFrame(() => field.current?.focus())
    wanted.current = false
  }

  const write = (value: string) => {
    const selected = selectedFormula(editor)
    if (selected)
      editor.view.dispatch(editor.state.tr.setNodeAttribute(selected.from, 'latex', value.slice(0, latexLimit)))
  }
  const leave = () => {
    const selected = selectedFormula(editor)
    if (selected) {
      const { tr } = editor.state
      // Nothing was written: nothing stays.
      if (latexOf(selected.node.attrs).trim() === '') tr.deleteSelection()
      else tr.setSelection(TextSelection.near(tr.doc.resolve(selected.to)))
      editor.view.dispatch(tr)
    }
    editor.view.focus()
  }
  return (
    <EditorMenu
      editor={editor}
      pluginKey="mathMenu"
      placement="bottom-start"
      offset={6}
      onShow={shown}
      updateDelay={0}
      shouldShow={() => editor.isEditable && selectedFormula(editor) !== null}
      className="weft-menu weft-math-form"
      role="group"
      aria-label={t('math.label')}
    >
      <textarea
        ref={field}
        rows={2}
        spellCheck={false}
        aria-label={t('math.source')}
        placeholder={t('math.example')}
        value={latex ?? ''}
        onChange={(event) => write(event.target.value)}
        onKeyDown={(event) => {
          const done = event.key === 'Escape' || (event.key === 'Enter' && !event.shiftKey)
          if (!done || event.nativeEvent.isComposing) return
          event.preventDefault()
          event.stopPropagation()
          leave()
        }}
      />
    </EditorMenu>
  )
}
