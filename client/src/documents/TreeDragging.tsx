import {
  DndContext,
  type DragMoveEvent,
  DragOverlay,
  MouseSensor,
  TouchSensor,
  useDraggable,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import { type Document, mayWriteIn } from '@weft/shared/documents'
import type { DocumentId } from '@weft/shared/kit'
import { type RefObject, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Drop, dropAt } from './dropAt.ts'
import { indent, rowHeight } from './TreeRow.tsx'
import type { Place, TreeLine } from './tree.ts'

/** A click is no drag; pixels. */
const beforeDrag = 5
/** A finger that rests so long takes the document instead of scrolling; ms, and the pixels that it may tremble. */
const press = { delay: 300, tolerance: 8 }

/** What begins a drag on a line, by its document. */
export type Handles = Map<DocumentId, ReturnType<typeof useDraggable>['listeners']>

/** What is dragged, and what would happen if it was let go now: null is nothing. */
export interface Dragging {
  dragged: DocumentId
  drop: Drop | null
}

interface TreeDraggingProps {
  lines: readonly TreeLine[]
  /** Those of them that are in the page. */
  shown: readonly TreeLine[]
  root: RefObject<HTMLElement | null>
  handles: RefObject<Handles>
  /** Told when it has come, and when it goes. */
  onReady(ready: boolean): void
  onDragging(dragging: Dragging | null): void
  onMove(document: Document, place: Place): void
}

/**
 * Takes documents of the tree elsewhere, by mouse and by finger. By keys: `useTreeKeys`. It comes when the page has nothing
 * else to do, beside the tree and not around it: so that no line is made anew then.
 */
export function TreeDragging({ lines, shown, root, handles, onReady, onDragging, onMove }: TreeDraggingProps) {
  const { t } = useTranslation('documents')
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: beforeDrag } }),
    useSensor(TouchSensor, { activationConstraint: press }),
  )
  const [dragged, setDragged] = useState<Document | null>(null)
  const drop = useRef<Drop | null>(null)
  useLayoutEffect(() => {
    onReady(true)
    return () => onReady(false)
  }, [onReady])

  // Where the tree began then: what is told of the way since has the scrolling in it.
  const begunIn = useRef<DOMRect | undefined>(undefined)

  const dropOf = ({ activatorEvent, delta, active }: DragMoveEvent): Drop | null => {
    const begun = startOf(activatorEvent)
    const tree = begunIn.current
    const line = lines.find(({ node }) => node.document.id === active.id)
    if (begun === null || tree === undefined || line === undefined) return null
    const at = { x: begun.x + delta.x, y: begun.y + delta.y }
    if (at.x < tree.left - rowHeight || at.x > tree.right + 2 * rowHeight) return null
    return dropAt(
      lines,
      line.node.document.id,
      (at.y - tree.top) / rowHeight,
      Math.floor((at.x - tree.left) / indent) - 1,
    )
  }
  const end = () => {
    setDragged(null)
    drop.current = null
    onDragging(null)
    notAClick()
  }
  return (
    <DndContext
      sensors={sensors}
      autoScroll={{ threshold: { x: 0, y: 0.12 } }}
      accessibility={{
        // What has happened is said by the tree itself, whichever way it was moved.
        announcements: {
          onDragStart: () => undefined,
          onDragOver: () => undefined,
          onDragEnd: () => undefined,
          onDragCancel: () => t('tree.notMoved'),
        },
        screenReaderInstructions: { draggable: t('tree.keys') },
      }}
      onDragStart={({ active }) => {
        begunIn.current = root.current?.getBoundingClientRect()
        const document = lines.find(({ node }) => node.document.id === active.id)?.node.document
        if (document === undefined) return
        setDragged(document)
        onDragging({ dragged: document.id, drop: null })
      }}
      onDragMove={(event) => {
        const next = dropOf(event)
        if (dragged === null || isSame(drop.current, next)) return
        drop.current = next
        onDragging({ dragged: dragged.id, drop: next })
      }}
      onDragCancel={end}
      onDragEnd={(event) => {
        const last = dropOf(event)
        end()
        if (dragged !== null && last !== null) onMove(dragged, last.place)
      }}
    >
      {shown.map(({ node }) => (
        <Handle key={node.document.id} document={node.document} root={root} handles={handles} />
      ))}
      <DragOverlay dropAnimation={null}>
        {dragged !== null && (
          <div className="w-fit max-w-full truncate rounded-md border border-line bg-raised px-2 py-1 text-ink text-sm shadow-lg">
            {dragged.title || t('untitled')}
          </div>
        )}
      </DragOverlay>
    </DndContext>
  )
}

/** Where in the page it was taken. */
function startOf(event: Event): { x: number; y: number } | null {
  if (event instanceof MouseEvent) return { x: event.clientX, y: event.clientY }
  const touch = 'touches' in event && event instanceof TouchEvent ? event.touches[0] : undefined
  return touch === undefined ? null : { x: touch.clientX, y: touch.clientY }
}

const isSame = (before: Drop | null, next: Drop | null): boolean =>
  before?.gap === next?.gap && before?.depth === next?.depth && before?.into === next?.into

/** Makes a line one that can be dragged. */
function Handle({ document, root, handles }: Pick<TreeDraggingProps, 'root' | 'handles'> & { document: Document }) {
  const { id } = document
  const { setNodeRef, listeners } = useDraggable({ id, disabled: !mayWriteIn(document) })
  useLayoutEffect(() => {
    setNodeRef(root.current?.querySelector<HTMLElement>(`[data-id="${id}"]`) ?? null)
    return () => setNodeRef(null)
  }, [id, root, setNodeRef])
  useLayoutEffect(() => {
    const known = handles.current
    known.set(id, listeners)
    return () => void known.delete(id)
  }, [id, handles, listeners])
  return null
}

/** Letting go is no click on the link that was dragged. */
function notAClick(): void {
  const stop = (event: Event) => event.preventDefault()
  window.addEventListener('click', stop, { capture: true, once: true })
  setTimeout(() => window.removeEventListener('click', stop, { capture: true }))
}
