import type { Document } from '@weft/shared/documents'
import {
  ArrowDown,
  ArrowUp,
  Download,
  Ellipsis,
  History,
  IndentDecrease,
  IndentIncrease,
  Link2,
  type LucideIcon,
  Pencil,
  Trash2,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { IconButton, Menu, MenuItem, MenuLine } from '../kit/index.ts'
import { WatchDocument } from '../notifications/index.ts'
import { KeepDocument } from '../offline/index.ts'
import { type Move, movesOf, type TreeNode } from './tree.ts'
import { useDocumentActions } from './useDocumentActions.ts'
import { useDocumentCommands } from './useDocumentCommands.ts'

const moveIcons: Record<Move, LucideIcon> = {
  up: ArrowUp,
  down: ArrowDown,
  in: IndentIncrease,
  out: IndentDecrease,
}
const moveOrder = ['up', 'down', 'in', 'out'] as const

/** What can be done with a document of the tree, moving it by keyboard included. */
export function TreeMenu(props: { document: Document; tree: readonly TreeNode[]; mayEdit: boolean; onRename(): void }) {
  const { document } = props
  const { t } = useTranslation('documents')
  const { move } = useDocumentCommands(document.workspaceId)
  const { remove, exportMarkdown, copyLink } = useDocumentActions(document.workspaceId)
  const navigate = useNavigate()
  const title = document.title || t('untitled')
  const moves = props.mayEdit ? movesOf(props.tree, document.id) : {}
  const possible = moveOrder.filter((step) => moves[step] !== undefined)
  return (
    <Menu
      trigger={<IconButton icon={Ellipsis} label={t('menu.label', { title })} className="!size-6" />}
      label={t('menu.label', { title })}
    >
      {props.mayEdit && (
        <MenuItem icon={Pencil} onSelect={props.onRename}>
          {t('menu.rename')}
        </MenuItem>
      )}
      <MenuItem icon={Link2} onSelect={() => void copyLink(document)}>
        {t('menu.copyLink')}
      </MenuItem>
      <MenuItem icon={Download} onSelect={() => void exportMarkdown(document)}>
        {t('menu.export')}
      </MenuItem>
      <MenuItem
        icon={History}
        onSelect={() => void navigate(`/w/${document.workspaceId}/activity?document=${document.id}`)}
      >
        {t('menu.activity')}
      </MenuItem>
      <WatchDocument documentId={document.id} />
      <KeepDocument document={document} />
      {possible.length > 0 && <MenuLine />}
      {possible.map((step) => (
        <MenuItem
          key={step}
          icon={moveIcons[step]}
          onSelect={() => {
            const place = moves[step]
            if (place) void move(document, place)
          }}
        >
          {t(`menu.move.${step}`)}
        </MenuItem>
      ))}
      {props.mayEdit && (
        <>
          <MenuLine />
          <MenuItem icon={Trash2} danger onSelect={() => void remove(document)}>
            {t('menu.remove')}
          </MenuItem>
        </>
      )}
    </Menu>
  )
}
