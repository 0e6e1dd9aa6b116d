import { type Document, mayEdit } from '@weft/shared/documents'
import type { DocumentId } from '@weft/shared/kit'
import { ChevronRight, Ellipsis, LayoutTemplate, Lock, Plus } from 'lucide-react'
import { memo, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { DocumentMark } from './DocumentMark.tsx'
import { TreeMenu } from './TreeMenu.tsx'
import type { Place, TreeLine, TreeNode } from './tree.ts'

/** A line with the pixel between it and the next. */
export const rowHeight = 33
/** From one level of the tree to the next; pixels. */
export const indent = 14
/** Deeper rows are not moved further to the right: at 360 px nothing would be left of their titles. */
const deepest = 8

interface TreeRowProps {
  line: TreeLine
  /** Pixels from the top of the tree. */
  top: number
  tree: readonly TreeNode[]
  /** The document that is open. */
  current: boolean
  /** The line that has the keyboard, or gets it when that comes into the tree. */
  active: boolean
  dragged: boolean
  /** What is dragged would come to stand below it. */
  target: boolean
  onClose(id: DocumentId, closed: boolean): void
  /** Absent where one may not create. */
  onCreate?: ((parentId: DocumentId) => void) | undefined
  onMove(document: Document, place: Place): void
  onRename(document: Document): void
}

/** One document of the tree. Thousands of them are scrolled past: what seldom one needs is made when it is asked for. */
export const TreeRow = memo(function TreeRow(props: TreeRowProps) {
  const { line, current, active } = props
  const { node, closed } = line
  const { document } = node
  const { t } = useTranslation('documents')
  const title = document.title || t('untitled')
  const branch = node.children.length > 0
  const notes = [...(document.template ? [t('tree.template')] : []), ...(document.narrower ? [t('tree.narrower')] : [])]
  const row = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (current) row.current?.scrollIntoView({ block: 'nearest' })
  }, [current])
  const button =
    'inline-flex size-6 shrink-0 items-center justify-center rounded-md text-muted hover:bg-line hover:text-ink'
  return (
    <div
      ref={row}
      role="treeitem"
      aria-label={[title, ...notes.map((note) => `(${note})`)].join(' ')}
      aria-level={line.depth + 1}
      aria-posinset={line.at + 1}
      aria-setsize={line.of}
      aria-selected={current}
      {...(branch ? { 'aria-expanded': !closed } : {})}
      tabIndex={active ? 0 : -1}
      data-id={document.id}
      {...(props.dragged ? { 'data-dragged': true } : {})}
      className={`group absolute inset-x-0 flex h-8 items-center rounded-md pr-0.5 text-sm ${
        current ? 'bg-hover font-medium text-ink' : 'text-muted hover:bg-hover hover:text-ink'
      } ${props.dragged ? 'opacity-45' : ''} ${props.target ? 'bg-accent-soft ring-1 ring-accent' : ''}`}
      style={{ top: props.top, paddingLeft: Math.min(line.depth, deepest) * indent + 2 }}
    >
      {branch ? (
        <button
          type="button"
          tabIndex={-1}
          aria-expanded={!closed}
          aria-label={t(closed ? 'tree.open' : 'tree.close', { title })}
          onClick={() => props.onClose(document.id, !closed)}
          className="inline-flex size-6 shrink-0 items-center justify-center rounded-sm text-faint hover:text-ink"
        >
          <ChevronRight size={16} aria-hidden className={`transition-transform ${closed ? '' : 'rotate-90'}`} />
        </button>
      ) : (
        <span className="inline-flex size-6 shrink-0 items-center justify-center" aria-hidden>
          <DocumentMark icon={document.icon} />
        </span>
      )}
      <Link
        to={`/w/${document.workspaceId}/d/${document.id}`}
        tabIndex={-1}
        draggable={false}
        {...(current ? { 'aria-current': 'page' as const } : {})}
        className="ml-1 flex min-w-0 flex-1 touch-manipulation [-webkit-touch-callout:none] items-center gap-1.5 rounded-sm py-1.5 leading-5 group-focus-within:mr-13 group-hover:mr-13 group-has-[[data-state=open]]:mr-13 pointer-coarse:mr-13"
      >
        {branch && document.icon !== null && <DocumentMark icon={document.icon} />}
        <span className="truncate">{title}</span>
        {document.template && (
          <>
            <LayoutTemplate size={12} aria-hidden className="shrink-0 text-faint" />
            <span className="sr-only">({t('tree.template')})</span>
          </>
        )}
        {document.narrower && (
          <>
            <Lock size={12} aria-hidden className="shrink-0 text-faint" />
            <span className="sr-only">({t('tree.narrower')})</span>
          </>
        )}
      </Link>
      <span className="absolute right-0.5 flex opacity-0 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 has-[[data-state=open]]:opacity-100 pointer-coarse:opacity-100">
        <RowMenu {...props} title={title} button={button} />
        {props.onCreate !== undefined && (
          <button
            type="button"
            tabIndex={active ? 0 : -1}
            aria-label={t('tree.below', { title })}
            title={t('tree.below', { title })}
            onClick={() => props.onCreate?.(document.id)}
            className={button}
          >
            <Plus size={16} aria-hidden />
          </button>
        )}
      </span>
    </div>
  )
})

/** The button of the menu, which itself is made when it is first opened. */
function RowMenu(props: TreeRowProps & { title: string; button: string }) {
  const { document } = props.line.node
  const { t } = useTranslation('documents')
  const [wanted, setWanted] = useState(false)
  if (wanted) {
    return (
      <TreeMenu
        document={document}
        tree={props.tree}
        mayEdit={mayEdit(document.role)}
        onMove={props.onMove}
        onRename={() => props.onRename(document)}
      />
    )
  }
  return (
    <button
      type="button"
      tabIndex={props.active ? 0 : -1}
      aria-haspopup="menu"
      aria-expanded={false}
      aria-label={t('menu.label', { title: props.title })}
      title={t('menu.label', { title: props.title })}
      onClick={() => setWanted(true)}
      className={props.button}
    >
      <Ellipsis size={16} aria-hidden />
    </button>
  )
}
