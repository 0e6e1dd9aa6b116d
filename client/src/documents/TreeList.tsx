import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual'
import type { Document } from '@weft/shared/documents'
import type { DocumentId } from '@weft/shared/kit'
import { lazy, Suspense, type SyntheticEvent, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { whenIdle } from '../kit/index.ts'
import { orNothing } from '../kit/orNothing.ts'
import { RenameDialog } from './RenameDialog.tsx'
import type { Dragging, Handles } from './TreeDragging.tsx'
import { indent, rowHeight, TreeRow } from './TreeRow.tsx'
import type { Place, TreeLine, TreeNode } from './tree.ts'
import { useDocumentCommands } from './useDocumentCommands.ts'
import { useMovedWords } from './useMovedWords.ts'
import { useTreeKeys } from './useTreeKeys.ts'

/** A tree that is not longer is in the page as a whole: the browser's own search finds what is in it. */
const whole = 150
const overscan = 12

const TreeDragging = lazy(() => orNothing(async () => (await import('./TreeDragging.tsx')).TreeDragging))

/** Whether the page has come to have nothing else to do. */
function useIdle(): boolean {
  const [idle, setIdle] = useState(false)
  useEffect(() => whenIdle(() => setIdle(true)), [])
  return idle
}

interface TreeListProps {
  workspaceId: Document['workspaceId']
  tree: readonly TreeNode[]
  lines: readonly TreeLine[]
  current: DocumentId | null
  setCollapsed(id: DocumentId, collapsed: boolean): void
  /** Absent where one may not create. */
  onCreate?: ((parentId: DocumentId) => void) | undefined
}

/**
 * The documents as an ARIA tree: one line has the keyboard, the arrows move on. Of a long one only the lines in sight are
 * in the page.
 */
export function TreeList({ workspaceId, tree, lines, current, setCollapsed, onCreate }: TreeListProps) {
  const { t } = useTranslation('documents')
  const { move } = useDocumentCommands(workspaceId)
  const root = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState<DocumentId | null>(null)
  const [renaming, setRenaming] = useState<Document | null>(null)
  const { said, sayMoved } = useMovedWords(lines)
  const indexOf = (id: DocumentId | null) => lines.findIndex(({ node }) => node.document.id === id)
  const activeAt = Math.max(0, indexOf(active), active === null ? indexOf(current) : 0)
  const currentAt = indexOf(current)

  const idle = useIdle()
  const handles = useRef<Handles>(new Map())
  const [movable, setMovable] = useState(false)
  const [dragging, setDragging] = useState<Dragging | null>(null)
  const draggedAt = dragging === null ? [] : [indexOf(dragging.dragged)].filter((index) => index >= 0)

  const [above, setAbove] = useState(0)
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scrollerOf(root.current),
    estimateSize: () => rowHeight,
    getItemKey: (index) => lines[index]?.node.document.id ?? index,
    scrollMargin: above,
    overscan,
    rangeExtractor: (range: Range) =>
      lines.length <= whole
        ? lines.map((_, index) => index)
        : // What has the keyboard, or a finger, stays in the page: else it would lose it.
          [...new Set([...defaultRangeExtractor(range), activeAt, ...draggedAt])].toSorted((a, b) => a - b),
  })
  // What stands above the tree in the same scroller comes and goes.
  useLayoutEffect(() => {
    const scroller = scrollerOf(root.current)
    if (root.current === null || scroller === null) return
    const top = root.current.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop
    if (Math.abs(top - above) > 1) setAbove(top)
  })
  const { scrollToIndex } = virtual
  const isListed = currentAt >= 0
  // biome-ignore lint/correctness/useExhaustiveDependencies: the tree changes all the time; only to another document one goes
  useEffect(() => {
    if (isListed && lines.length > whole) scrollToIndex(currentAt, { align: 'auto' })
  }, [current, isListed, scrollToIndex])

  const place = useCallback(
    (document: Document, to: Place) => {
      sayMoved(document.id)
      if (to.parentId !== null) setCollapsed(to.parentId, false)
      return move(document, to)
    },
    [move, setCollapsed, sayMoved],
  )
  const keys = useTreeKeys({
    root,
    tree,
    lines,
    setActive,
    setCollapsed,
    onMove: place,
    onRename: setRenaming,
    scrollToIndex,
  })
  const drop = dragging?.drop ?? null
  const begin = (event: SyntheticEvent, name: 'onMouseDown' | 'onTouchStart') => {
    const id = keys.idAt(event.target)
    if (id !== null) handles.current.get(id)?.[name]?.(event)
  }
  const shown = virtual.getVirtualItems().flatMap(({ index, start }) => {
    const line = lines[index]
    return line === undefined ? [] : [{ line, index, top: start - above }]
  })
  return (
    <>
      <div
        ref={root}
        role="tree"
        aria-label={t('tree.title')}
        aria-describedby="tree-keys"
        data-testid="document-tree"
        data-movable={movable}
        className="relative"
        style={{ height: virtual.getTotalSize() }}
        onKeyDown={keys.press}
        onMouseDown={(event) => begin(event, 'onMouseDown')}
        onTouchStart={(event) => begin(event, 'onTouchStart')}
        onFocus={({ target }) => {
          const id = keys.idAt(target)
          if (id !== null) setActive(id)
        }}
      >
        {shown.map(({ line, index, top }) => {
          const { id } = line.node.document
          return (
            <TreeRow
              key={id}
              line={line}
              top={top}
              tree={tree}
              current={current === id}
              active={index === activeAt}
              dragged={dragging?.dragged === id}
              target={drop?.into === id}
              onClose={setCollapsed}
              onCreate={onCreate}
              onMove={place}
              onRename={setRenaming}
            />
          )
        })}
        {drop !== null && drop.into === null && (
          <div
            aria-hidden
            data-testid="drop-line"
            className="pointer-events-none absolute right-0 h-0.5 rounded-full bg-accent"
            style={{ top: drop.gap * rowHeight - 1.5, left: drop.depth * indent + 6 }}
          />
        )}
      </div>
      {idle && (
        <Suspense>
          <TreeDragging
            lines={lines}
            shown={shown.map(({ line }) => line)}
            root={root}
            handles={handles}
            onReady={setMovable}
            onDragging={setDragging}
            onMove={place}
          />
        </Suspense>
      )}
      <p id="tree-keys" hidden>
        {t('tree.keys')}
      </p>
      <p role="status" className="sr-only">
        {said}
      </p>
      {renaming !== null && (
        <RenameDialog document={renaming} open onOpenChange={(open) => !open && setRenaming(null)} />
      )}
    </>
  )
}

const scrollerOf = (element: HTMLElement | null): HTMLElement | null => element?.closest('[data-scroller]') ?? null
