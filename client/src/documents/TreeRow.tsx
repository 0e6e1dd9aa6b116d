import { mayEdit } from '@weft/shared/documents'
import { ChevronRight, FileText, Lock, Plus } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { IconButton } from '../kit/index.ts'
import { RenameDialog } from './RenameDialog.tsx'
import { TreeMenu } from './TreeMenu.tsx'
import type { TreeNode } from './tree.ts'

/** Deeper rows are not moved further to the right: at 360 px nothing would be left of their titles. */
const deepest = 8

export function TreeRow(props: {
  node: TreeNode
  depth: number
  tree: readonly TreeNode[]
  current: boolean
  closed: boolean
  onClose(closed: boolean): void
  /** Absent where one may not create. */
  onCreate?(): void
}) {
  const { node, current, closed } = props
  const { document } = node
  const { t } = useTranslation('documents')
  const [renaming, setRenaming] = useState(false)
  const title = document.title || t('untitled')
  const branch = node.children.length > 0
  const row = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (current) row.current?.scrollIntoView({ block: 'nearest' })
  }, [current])
  return (
    <div
      ref={row}
      className={`group relative flex h-8 items-center rounded-md pr-0.5 text-sm ${
        current ? 'bg-hover font-medium text-ink' : 'text-muted hover:bg-hover hover:text-ink'
      }`}
      style={{ paddingLeft: Math.min(props.depth, deepest) * 14 + 2 }}
    >
      {branch ? (
        <button
          type="button"
          aria-expanded={!closed}
          aria-label={t(closed ? 'tree.open' : 'tree.close', { title })}
          onClick={() => props.onClose(!closed)}
          className="inline-flex size-6 shrink-0 items-center justify-center rounded-sm text-faint hover:text-ink"
        >
          <ChevronRight size={16} aria-hidden className={`transition-transform ${closed ? '' : 'rotate-90'}`} />
        </button>
      ) : (
        <span className="inline-flex size-6 shrink-0 items-center justify-center text-faint" aria-hidden>
          <FileText size={16} />
        </span>
      )}
      <Link
        to={`/w/${document.workspaceId}/d/${document.id}`}
        {...(current ? { 'aria-current': 'page' as const } : {})}
        className="ml-1 flex min-w-0 flex-1 items-center gap-1.5 rounded-sm py-1.5 leading-5 group-focus-within:mr-13 group-hover:mr-13 group-has-[[data-state=open]]:mr-13 pointer-coarse:mr-13"
      >
        <span className="truncate">{title}</span>
        {document.narrower && (
          <>
            <Lock size={12} aria-hidden className="shrink-0 text-faint" />
            <span className="sr-only">({t('tree.narrower')})</span>
          </>
        )}
      </Link>
      <span className="absolute right-0.5 flex opacity-0 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 has-[[data-state=open]]:opacity-100 pointer-coarse:opacity-100">
        <TreeMenu
          document={document}
          tree={props.tree}
          mayEdit={mayEdit(document.role)}
          onRename={() => setRenaming(true)}
        />
        {props.onCreate !== undefined && (
          <IconButton icon={Plus} label={t('tree.below', { title })} onClick={props.onCreate} className="!size-6" />
        )}
      </span>
      <RenameDialog document={document} open={renaming} onOpenChange={setRenaming} />
    </div>
  )
}
