import type { Editor } from '@tiptap/core'
import { BubbleMenu, type BubbleMenuProps } from '@tiptap/react/menus'
import { type Ref, useRef, useState } from 'react'

type Options = NonNullable<BubbleMenuProps['options']>

interface EditorMenuProps
  extends Omit<BubbleMenuProps, 'editor' | 'options' | 'shouldShow' | 'getReferencedVirtualElement'> {
  editor: Editor
  ref?: Ref<HTMLDivElement>
  placement: NonNullable<Options['placement']>
  /** Between it and what it is for, in px. */
  offset: number
  shouldShow(): boolean
  /** What it is for, where that is not the selection. */
  reference?(): Element | null
  onShow?(): void
  onHide?(): void
}

/**
 * Something to press or fill in beside what is selected. The library's menu takes new functions for new options, and sends
 * them to the editor as a transaction: with each render of each menu, twice for every key. Here they stay the same, and
 * call what was given last.
 */
export function EditorMenu(props: EditorMenuProps) {
  const { placement, offset, shouldShow, reference, onShow, onHide, ...others } = props
  const given = useRef({ shouldShow, reference, onShow, onHide })
  given.current = { shouldShow, reference, onShow, onHide }
  const [steady] = useState(() => ({
    shouldShow: () => given.current.shouldShow(),
    options: {
      placement,
      offset,
      flip: true,
      shift: { padding: 8 },
      onShow: () => given.current.onShow?.(),
      onHide: () => given.current.onHide?.(),
    },
    getReferencedVirtualElement: () => {
      const element = given.current.reference?.() ?? null
      return element && { getBoundingClientRect: () => element.getBoundingClientRect(), contextElement: element }
    },
  }))
  return <BubbleMenu {...others} {...steady} />
}
