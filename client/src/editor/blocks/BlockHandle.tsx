import type { Editor } from '@tiptap/core'
import { TextSelection } from '@tiptap/pm/state'
import { ArrowDown, ArrowUp, Copy, GripVertical, RefreshCw, Trash2 } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { type DragEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MenuItem, MenuLine } from '../../kit/index.ts'
import { turningChoices } from '../slash/items.ts'
import { type Block, blockAt } from './block.ts'
import { duplicate, moveBy, remove } from './changes.ts'
import { dragBlock } from './dragBlock.ts'
import { useHeldBlock } from './useHeldBlock.ts'

const panel =
  'z-50 max-h-[min(28rem,var(--radix-dropdown-menu-content-available-height))] min-w-44 animate-appear overflow-y-auto rounded-lg border border-line bg-raised p-1 text-ink shadow-lg'

/** Beside a block: one drags it, or opens a menu of what can be done with it. All of it has keys elsewhere. */
export function BlockHandle({ editor }: { editor: Editor }) {
  const { t } = useTranslation('editor')
  const [open, setOpen] = useState(false)
  const [dragging, setDragging] = useState(false)
  const block = useHeldBlock(editor, open || dragging)
  if (block === null) return null

  const held = (): Block | null => {
    const { doc } = editor.state
    return block.at + 1 <= doc.content.size ? blockAt(doc.resolve(block.at + 1)) : null
  }
  const start = (event: DragEvent) => {
    const dom = editor.view.nodeDOM(block.at)
    event.dataTransfer.effectAllowed = 'move'
    event.dataTransfer.setData('text/plain', dom?.textContent ?? '')
    if (dom instanceof HTMLElement) event.dataTransfer.setDragImage(dom, 0, 0)
    setDragging(true)
    dragBlock(editor, block.at, () => setDragging(false))
  }
  /** With the caret in the block, as the keys would do it. */
  const within = (act: (block: Block) => void) => () => {
    const found = held()
    if (found === null) return
    const { doc, tr } = editor.state
    const { $from, $to } = editor.state.selection
    if ($from.pos < found.from || $to.pos > found.to)
      editor.view.dispatch(tr.setSelection(TextSelection.near(doc.resolve(found.from + 1))))
    act(found)
    editor.view.focus()
  }
  const move = (direction: -1 | 1) =>
    within(() => {
      const tr = moveBy(editor.state, direction)
      if (tr) editor.view.dispatch(tr)
    })
  return (
    <DropdownMenu.Root modal={false} open={open} onOpenChange={setOpen}>
      <DropdownMenu.Trigger asChild>
        <button
          type="button"
          tabIndex={-1}
          draggable
          className="weft-handle"
          style={{ top: block.top, height: block.height }}
          aria-label={t('handle.label')}
          title={t('handle.label')}
          onDragStart={start}
          onPointerDownCapture={(event) => {
            // The menu opens with a click: what begins with a press may be a drag.
            event.stopPropagation()
            // A finger does not drag it, and takes the keyboard from nothing.
            if (event.pointerType !== 'mouse') event.preventDefault()
          }}
          onClick={() => setOpen(true)}
        >
          <GripVertical size={16} aria-hidden />
        </button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label={t('handle.label')}
          className={panel}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            editor.view.focus()
          }}
        >
          <DropdownMenu.Sub>
            <DropdownMenu.SubTrigger className="flex min-h-8 select-none items-center gap-2 rounded-md px-2 py-1 text-sm outline-none data-[highlighted]:bg-hover">
              <RefreshCw size={16} aria-hidden className="text-muted" />
              {t('selection.turnInto')}
            </DropdownMenu.SubTrigger>
            <DropdownMenu.Portal>
              <DropdownMenu.SubContent collisionPadding={8} className={panel}>
                {turningChoices.map((choice) => (
                  <MenuItem
                    key={choice.id}
                    icon={choice.icon}
                    onSelect={within(() => choice.apply(editor.chain().clearNodes()).run())}
                  >
                    {t(`block.${choice.id}`)}
                  </MenuItem>
                ))}
              </DropdownMenu.SubContent>
            </DropdownMenu.Portal>
          </DropdownMenu.Sub>
          <MenuItem icon={ArrowUp} onSelect={move(-1)}>
            {t('handle.up')}
          </MenuItem>
          <MenuItem icon={ArrowDown} onSelect={move(1)}>
            {t('handle.down')}
          </MenuItem>
          <MenuItem icon={Copy} onSelect={within((found) => editor.view.dispatch(duplicate(editor.state, found)))}>
            {t('handle.duplicate')}
          </MenuItem>
          <MenuLine />
          <MenuItem
            icon={Trash2}
            danger
            onSelect={within((found) => editor.view.dispatch(remove(editor.state, found)))}
          >
            {t('handle.remove')}
          </MenuItem>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
