import type { Document } from '@weft/shared/documents'
import {
  ArrowDown,
  ArrowUp,
  Ellipsis,
  History,
  IndentDecrease,
  IndentIncrease,
  type LucideIcon,
  Pencil,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { IconButton, Menu, MenuItem, MenuLine } from '../kit/index.ts'
import { DocumentItems, LeavingItems } from './DocumentItems.tsx'
import { type Move, movesOf, type Place, type TreeNode } from './tree.ts'

const moveIcons: Record<Move, LucideIcon> = {
  up: ArrowUp,
  down: ArrowDown,
  in: IndentIncrease,
  out: IndentDecrease,
}
const moveOrder = ['up', 'down', 'in', 'out'] as const

/** What can be done with a document of the tree. Open from the beginning: it is made when somebody asks for it. */
export function TreeMenu(props: {
  document: Document
  tree: readonly TreeNode[]
  mayEdit: boolean
  onMove(document: Document, place: Place): void
  onRename(): void
}) {
  const { document } = props
  const { t } = useTranslation('documents')
  const navigate = useNavigate()
  const title = document.title || t('untitled')
  const moves = props.mayEdit ? movesOf(props.tree, document.id) : {}
  const possible = moveOrder.filter((step) => moves[step] !== undefined)
  return (
    <Menu
      trigger={<IconButton icon={Ellipsis} label={t('menu.label', { title })} className="!size-6" />}
      label={t('menu.label', { title })}
      defaultOpen
    >
      {props.mayEdit && (
        <MenuItem icon={Pencil} onSelect={props.onRename}>
          {t('menu.rename')}
        </MenuItem>
      )}
      <MenuItem
        icon={History}
        onSelect={() => void navigate(`/w/${document.workspaceId}/activity?document=${document.id}`)}
      >
        {t('menu.activity')}
      </MenuItem>
      <DocumentItems document={document} />
      {possible.length > 0 && <MenuLine />}
      {possible.map((step) => (
        <MenuItem
          key={step}
          icon={moveIcons[step]}
          onSelect={() => {
            const place = moves[step]
            if (place) props.onMove(document, place)
          }}
        >
          {t(`menu.move.${step}`)}
        </MenuItem>
      ))}
      <LeavingItems document={document} />
    </Menu>
  )
}
