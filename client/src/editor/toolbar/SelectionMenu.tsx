import type { Editor } from '@tiptap/core'
import { NodeSelection } from '@tiptap/pm/state'
import { CellSelection } from '@tiptap/pm/tables'
import { useEditorState } from '@tiptap/react'
import { Bold, Code, Italic, Link, type LucideIcon, Strikethrough, Underline } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EditorMenu } from './EditorMenu.tsx'
import { LinkForm } from './LinkForm.tsx'
import { keyNames, ToolbarButton } from './ToolbarButton.tsx'
import { TurnInto } from './TurnInto.tsx'

const marks: readonly { name: string; icon: LucideIcon; keys: string; toggle(editor: Editor): void }[] = [
  { name: 'bold', icon: Bold, keys: 'Mod+B', toggle: (editor) => editor.chain().focus().toggleBold().run() },
  { name: 'italic', icon: Italic, keys: 'Mod+I', toggle: (editor) => editor.chain().focus().toggleItalic().run() },
  {
    name: 'underline',
    icon: Underline,
    keys: 'Mod+U',
    toggle: (editor) => editor.chain().focus().toggleUnderline().run(),
  },
  {
    name: 'strike',
    icon: Strikethrough,
    keys: 'Mod+Shift+S',
    toggle: (editor) => editor.chain().focus().toggleStrike().run(),
  },
  { name: 'code', icon: Code, keys: 'Mod+E', toggle: (editor) => editor.chain().focus().toggleCode().run() },
]

/** Of text, that is: not of cells, a picture or a formula. */
function selectsText(editor: Editor): boolean {
  const { selection, doc } = editor.state
  if (selection.empty || selection instanceof CellSelection || selection instanceof NodeSelection) return false
  return !editor.isActive('codeBlock') && doc.textBetween(selection.from, selection.to).length > 0
}

/** What can be done with selected text, above it. `Mod+K` opens its link field. */
export function SelectionMenu({ editor }: { editor: Editor }) {
  const { t } = useTranslation('editor')
  const [linking, setLinking] = useState(false)
  const active = useEditorState({
    editor,
    selector: ({ editor: { isActive } }) =>
      marks.map(({ name }) => isActive.call(editor, name)).concat(editor.isActive('link')),
  })

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const isLink =
        (event.metaKey || event.ctrlKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'k'
      if (!isLink || (editor.state.selection.empty && !editor.isActive('link'))) return
      // On selected text the key means a link; the page's palette must not open as well.
      event.preventDefault()
      event.stopPropagation()
      if (editor.state.selection.empty) editor.chain().extendMarkRange('link').run()
      setLinking(true)
    }
    const { dom } = editor.view
    dom.addEventListener('keydown', onKey)
    return () => dom.removeEventListener('keydown', onKey)
  }, [editor])

  return (
    <EditorMenu
      editor={editor}
      placement="top"
      offset={8}
      onHide={() => setLinking(false)}
      shouldShow={() => editor.isEditable && selectsText(editor)}
      className="weft-menu weft-bubble"
      role="toolbar"
      aria-label={t('selection.label')}
    >
      {linking ? (
        <LinkForm editor={editor} onDone={() => setLinking(false)} />
      ) : (
        <>
          <TurnInto editor={editor} />
          <span className="weft-tool-gap" />
          {marks.map(({ name, icon, keys, toggle }, i) => (
            <ToolbarButton
              key={name}
              icon={icon}
              label={t(`mark.${name}`)}
              keys={keyNames(keys)}
              active={active[i] ?? false}
              onPress={() => toggle(editor)}
            />
          ))}
          <ToolbarButton
            icon={Link}
            label={t('mark.link')}
            keys={keyNames('Mod+K')}
            active={active.at(-1) ?? false}
            onPress={() => setLinking(true)}
          />
        </>
      )}
    </EditorMenu>
  )
}
