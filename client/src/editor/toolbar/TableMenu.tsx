import type { ChainedCommands, Editor } from '@tiptap/core'
import { CellSelection } from '@tiptap/pm/tables'
import { useEditorState } from '@tiptap/react'
import {
  BetweenHorizontalEnd,
  BetweenHorizontalStart,
  BetweenVerticalEnd,
  BetweenVerticalStart,
  type LucideIcon,
  PanelLeft,
  PanelTop,
  TableCellsMerge,
  TableCellsSplit,
  TableColumnsSplit,
  TableRowsSplit,
  Trash2,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { EditorMenu } from './EditorMenu.tsx'
import { ToolbarButton } from './ToolbarButton.tsx'

interface TableAction {
  name: string
  icon: LucideIcon
  run(chain: ChainedCommands): ChainedCommands
  /** Where it can be done, if not everywhere. */
  where?(editor: Editor): boolean
}

const actions: readonly TableAction[] = [
  { name: 'addRowAbove', icon: BetweenHorizontalStart, run: (chain) => chain.addRowBefore() },
  { name: 'addRow', icon: BetweenHorizontalEnd, run: (chain) => chain.addRowAfter() },
  { name: 'addColumnLeft', icon: BetweenVerticalStart, run: (chain) => chain.addColumnBefore() },
  { name: 'addColumn', icon: BetweenVerticalEnd, run: (chain) => chain.addColumnAfter() },
  { name: 'removeRow', icon: TableRowsSplit, run: (chain) => chain.deleteRow() },
  { name: 'removeColumn', icon: TableColumnsSplit, run: (chain) => chain.deleteColumn() },
  { name: 'headerRow', icon: PanelTop, run: (chain) => chain.toggleHeaderRow() },
  { name: 'headerColumn', icon: PanelLeft, run: (chain) => chain.toggleHeaderColumn() },
  {
    name: 'merge',
    icon: TableCellsMerge,
    run: (chain) => chain.mergeCells(),
    where: (editor) => !editor.state.selection.empty && editor.can().mergeCells(),
  },
  {
    name: 'split',
    icon: TableCellsSplit,
    run: (chain) => chain.splitCell(),
    where: (editor) => editor.can().splitCell(),
  },
  { name: 'remove', icon: Trash2, run: (chain) => chain.deleteTable() },
]

/** Which of the actions cannot be done now; what that takes is looked at only within a table. */
const idleIn = (editor: Editor): string[] =>
  editor.isActive('table') ? actions.flatMap(({ name, where }) => (where?.(editor) === false ? [name] : [])) : []

// At the end: at the start it would lie on the heading that most tables have.

/** The element of the table that holds the caret. */
function tableAround(editor: Editor): Element | null {
  const { node } = editor.view.domAtPos(editor.state.selection.from)
  const element = node instanceof Element ? node : node.parentElement
  return element?.closest('table') ?? null
}

/** With a caret, or with cells; over selected text is what can be done with that. */
const withoutText = ({ state: { selection } }: Editor): boolean => selection.empty || selection instanceof CellSelection

/** What can be done with the table that the caret stands in, above it. */
export function TableMenu({ editor }: { editor: Editor }) {
  const { t } = useTranslation('editor')
  const idle = useEditorState({ editor, selector: () => idleIn(editor) })
  return (
    <EditorMenu
      editor={editor}
      pluginKey="tableMenu"
      placement="top-end"
      offset={6}
      shouldShow={() => editor.isEditable && editor.isActive('table') && editor.isFocused && withoutText(editor)}
      reference={() => tableAround(editor)}
      className="weft-menu weft-bubble"
      role="toolbar"
      aria-label={t('table.label')}
    >
      {actions.map(({ name, icon, run }) => (
        <ToolbarButton
          key={name}
          icon={icon}
          label={t(`table.${name}`)}
          disabled={idle.includes(name)}
          onPress={() => run(editor.chain().focus()).run()}
        />
      ))}
    </EditorMenu>
  )
}
