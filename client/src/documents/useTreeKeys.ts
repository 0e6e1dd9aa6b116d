import { type Document, mayEdit } from '@weft/shared/documents'
import { DocumentId } from '@weft/shared/kit'
import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef } from 'react'
import { type Move, movesOf, type Place, type TreeLine, type TreeNode } from './tree.ts'

/** With Alt and Shift held, as outlines in word processors have it. */
const moveKeys: Record<string, Move> = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'out', ArrowRight: 'in' }

/** A document that a key has moved, until the tree shows it in its new place, and the steps that are to follow. */
interface Moving {
  id: DocumentId
  from: string
  steps: Move[]
}

const placeIn = ({ parentId, at }: TreeLine): string => `${parentId} ${at}`

interface TreeKeysProps {
  root: RefObject<HTMLElement | null>
  tree: readonly TreeNode[]
  lines: readonly TreeLine[]
  setActive(id: DocumentId): void
  setCollapsed(id: DocumentId, collapsed: boolean): void
  /** Resolves with whether it is on its way. */
  onMove(document: Document, place: Place): Promise<boolean>
  onRename(document: Document): void
  scrollToIndex(index: number, options: { align: 'auto' }): void
}

/**
 * The keys of the tree, as ARIA's tree pattern has them, but for typing a name: single letters are the page's commands.
 * Alt+Shift+arrows move the document, F2 renames it, the context-menu key opens its menu.
 */
export function useTreeKeys(props: TreeKeysProps) {
  const { root, lines } = props
  /** What shall have the keyboard as soon as the page has it. */
  const wanted = useRef<DocumentId | null>(null)
  const moving = useRef<Moving | null>(null)
  useLayoutEffect(() => {
    const id = wanted.current
    const item = id === null ? null : root.current?.querySelector<HTMLElement>(`[data-id="${id}"]`)
    if (!item) return
    wanted.current = null
    // What is moved in the page loses it, and so does what stood beside.
    if (document.activeElement !== item) item.focus({ preventScroll: true })
    item.scrollIntoView({ block: 'nearest' })
  })

  const idAt = (target: EventTarget): DocumentId | null => {
    const item = target instanceof Element ? target.closest<HTMLElement>('[role="treeitem"]') : null
    return DocumentId.safeParse(item?.dataset.id).data ?? null
  }

  const go = (index: number): void => {
    const id = lines[index]?.node.document.id
    if (id === undefined) return
    wanted.current = id
    props.setActive(id)
    props.scrollToIndex(index, { align: 'auto' })
  }

  const moveBy = (line: TreeLine, step: Move): void => {
    const { document } = line.node
    const before = moving.current
    // Where the next step leads to is known when the tree shows the last one: it waits, and no key is lost.
    if (before?.id === document.id && before.from === placeIn(line)) {
      before.steps.push(step)
      return
    }
    const place = mayEdit(document.role) ? movesOf(props.tree, document.id)[step] : undefined
    if (place === undefined) return
    wanted.current = document.id
    const now: Moving = { id: document.id, from: placeIn(line), steps: [] }
    moving.current = now
    void props.onMove(document, place).then((isOnItsWay) => {
      if (!isOnItsWay && moving.current === now) moving.current = null
    })
  }

  useLayoutEffect(() => {
    const shown = lines.find(({ node }) => node.document.id === moving.current?.id)
    if (moving.current === null || shown === undefined || placeIn(shown) === moving.current.from) return
    const [next, ...rest] = moving.current.steps
    moving.current = null
    if (next === undefined) return
    moveBy(shown, next)
    for (const step of rest) moveBy(shown, step)
  })

  /** Whether the key has meant something here. */
  function take(event: KeyboardEvent, line: TreeLine, index: number, item: HTMLElement): boolean {
    const { document, id } = { document: line.node.document, id: line.node.document.id }
    const isBranch = line.node.children.length > 0
    switch (event.key) {
      case 'ArrowDown':
        go(index + 1)
        return true
      case 'ArrowUp':
        go(index - 1)
        return true
      case 'Home':
        go(0)
        return true
      case 'End':
        go(lines.length - 1)
        return true
      case 'ArrowRight':
        if (isBranch && line.closed) props.setCollapsed(id, false)
        else if (isBranch) go(index + 1)
        return true
      case 'ArrowLeft':
        if (isBranch && !line.closed) props.setCollapsed(id, true)
        else go(lines.findIndex(({ node }) => node.document.id === line.parentId))
        return true
      case 'Enter':
      case ' ':
        item.querySelector('a')?.click()
        return true
      case 'F2':
        if (mayEdit(document.role)) props.onRename(document)
        return true
      case 'ContextMenu':
      case 'F10':
        if (event.key === 'F10' && !event.shiftKey) return false
        item.querySelector<HTMLElement>('[aria-haspopup="menu"]')?.click()
        return true
      default:
        return false
    }
  }

  const press = (event: KeyboardEvent<HTMLElement>): void => {
    const { target } = event
    const item = target instanceof Element ? target.closest<HTMLElement>('[role="treeitem"]') : null
    const index = lines.findIndex(({ node }) => node.document.id === item?.dataset.id)
    const line = lines[index]
    // The buttons of a line have keys of their own.
    if (item === null || line === undefined || !(target === item || target instanceof HTMLAnchorElement)) return
    if (event.ctrlKey || event.metaKey || event.nativeEvent.isComposing) return
    const step = event.altKey && event.shiftKey ? moveKeys[event.key] : undefined
    if (step !== undefined) moveBy(line, step)
    else if (event.altKey || !take(event, line, index, item)) return
    event.preventDefault()
  }
  return { press, idAt }
}
