import type { Editor } from '@tiptap/core'
import { useEditorState } from '@tiptap/react'
import { useTranslation } from 'react-i18next'
import { turningChoices as offered } from '../slash/items.ts'

/** The kind of the selected block, and a choice of others: the platform's own control, good on touch too. */
export function TurnInto({ editor }: { editor: Editor }) {
  const { t } = useTranslation('editor')
  const current = useEditorState({
    editor,
    // The innermost answer wins: a paragraph in a list is a list.
    selector: () => offered.findLast(({ active }) => active && editor.isActive(...active))?.id ?? 'paragraph',
  })
  return (
    <select
      className="weft-tool-select"
      aria-label={t('selection.turnInto')}
      value={current}
      onChange={(event) => {
        const choice = offered.find(({ id }) => id === event.target.value)
        if (choice) choice.apply(editor.chain().focus().clearNodes()).run()
      }}
    >
      {offered.map(({ id }) => (
        <option key={id} value={id}>
          {t(`block.${id}`)}
        </option>
      ))}
    </select>
  )
}
