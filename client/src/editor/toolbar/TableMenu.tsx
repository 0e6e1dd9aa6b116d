import type { ChainedCommands, Editor } from '@tiptap/core'
import { BubbleMenu } from '@tiptap/react/menus'
import {
  BetweenHorizontalEnd,
  BetweenVerticalEnd,
  Heading,
  type LucideIcon,
  TableColumnsSplit,
  TableRowsSplit,
  Trash2,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { ToolbarButton } from './ToolbarButton.tsx'

const actions: readonly { name: string; icon: LucideIcon; run(chain: ChainedCommands): ChainedCommands }[] = [
  { name: 'addRow', icon: BetweenHorizontalEnd, run: (chain) => chain.addRowAfter() },
  { name: 'addColumn', icon: BetweenVerticalEnd, run: (chain) => chain.addColumnAfter() },
  { name: 'removeRow', icon: TableRowsSplit, run: (chain) => chain.deleteRow() },
  { name: 'removeColumn', icon: TableColumnsSplit, run: (chain) => chain.deleteColumn() },
  { name: 'headerRow', icon: Heading, run: (chain) => chain.toggleHeaderRow() },
  { name: 'remove', icon: Trash2, run: (chain) => chain.deleteTable() },
]

// At the end: at the start it would lie on the heading that most tables have.
const options = { placement: 'top-end', offset: 6, flip: true, shift: { padding: 8 } } as const

/** The element of the table that holds the caret. */
function tableAround(editor: Editor): Element | null {
  const { node } = editor.view.domAtPos(editor.state.selection.from)
  const element = node instanceof Element ? node : node.parentElement
  return element?.closest('table') ?? null
}

/** What can be done with the table that the caret stands in, above it. */
export function TableMenu({ editor }: { editor: Editor }) {
  const { t } = useTranslation('editor')
  return (
    <BubbleMenu
      editor={editor}
      pluginKey="tableMenu"
      options={options}
      shouldShow={() =>
        editor.isEditable && editor.isActive('table') && editor.isFocused && editor.state.selection.empty
      }
      getReferencedVirtualElement={() => {
        const table = tableAround(editor)
        return table && { getBoundingClientRect: () => table.getBoundingClientRect(), contextElement: table }
      }}
      className="weft-menu weft-bubble"
      role="toolbar"
      aria-label={t('table.label')}
    >
      {actions.map(({ name, icon, run }) => (
        <ToolbarButton
          key={name}
          icon={icon}
          label={t(`table.${name}`)}
          onPress={() => run(editor.chain().focus()).run()}
        />
      ))}
    </BubbleMenu>
  )
}
