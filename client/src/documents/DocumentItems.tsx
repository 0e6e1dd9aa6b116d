import { type Document, mayEdit, mayWriteIn } from '@weft/shared/documents'
import { mayCreateDocuments } from '@weft/shared/workspaces'
import {
  Archive,
  ArchiveRestore,
  Copy,
  CopyPlus,
  Download,
  LayoutTemplate,
  Link2,
  SmilePlus,
  Star,
  StarOff,
  Trash2,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { MenuItem, MenuLine } from '../kit/index.ts'
import { WatchDocument } from '../notifications/index.ts'
import { KeepDocument } from '../offline/index.ts'
import { useWorkspace } from '../workspaces/index.ts'
import { showDocumentDialog } from './documentDialog.ts'
import { useDocuments } from './queries.ts'
import { useDocumentActions } from './useDocumentActions.ts'
import { useDocumentCommands } from './useDocumentCommands.ts'
import { useDuplicate } from './useDuplicate.ts'

/** What can be done with a document, in the menu of its line as in that of its page. */
export function DocumentItems({ document }: { document: Document }) {
  const { t } = useTranslation('documents')
  const { id, workspaceId } = document
  const { exportMarkdown, copyLink } = useDocumentActions(workspaceId)
  const { setStar } = useDocumentCommands(workspaceId)
  const starred = document.starredAt !== null
  return (
    <>
      <MenuItem icon={starred ? StarOff : Star} onSelect={() => void setStar(document, !starred)}>
        {t(starred ? 'menu.unstar' : 'menu.star')}
      </MenuItem>
      {mayWriteIn(document) && (
        <MenuItem icon={SmilePlus} onSelect={() => showDocumentDialog({ name: 'icon', workspaceId, documentId: id })}>
          {t('menu.icon')}
        </MenuItem>
      )}
      <MenuItem icon={Link2} onSelect={() => void copyLink(document)}>
        {t('menu.copyLink')}
      </MenuItem>
      <CopyItems document={document} />
      <MenuItem icon={Download} onSelect={() => void exportMarkdown(document)}>
        {t('menu.export')}
      </MenuItem>
      <WatchDocument documentId={id} />
      <KeepDocument document={document} />
    </>
  )
}

function CopyItems({ document }: { document: Document }) {
  const { t } = useTranslation('documents')
  const { id, workspaceId } = document
  const { data: workspace } = useWorkspace(workspaceId)
  const { data: documents = [] } = useDocuments(workspaceId)
  const { setTemplate } = useDocumentCommands(workspaceId)
  const duplicate = useDuplicate(workspaceId)
  const hasBelow = documents.some(({ parentId }) => parentId === id)
  return (
    <>
      {workspace !== undefined && mayCreateDocuments(workspace.role) && (
        <>
          <MenuItem icon={Copy} onSelect={() => void duplicate(document, false)}>
            {t('menu.duplicate')}
          </MenuItem>
          {hasBelow && (
            <MenuItem icon={CopyPlus} onSelect={() => void duplicate(document, true)}>
              {t('menu.duplicateAll')}
            </MenuItem>
          )}
        </>
      )}
      {mayWriteIn(document) && (
        <MenuItem icon={LayoutTemplate} onSelect={() => void setTemplate(document, !document.template)}>
          {t(document.template ? 'menu.notTemplate' : 'menu.template')}
        </MenuItem>
      )}
    </>
  )
}

/** The ways out of the tree, and back into it. */
export function LeavingItems({ document }: { document: Document }) {
  const { t } = useTranslation('documents')
  const { remove, archive } = useDocumentActions(document.workspaceId)
  const { unarchive } = useDocumentCommands(document.workspaceId)
  if (!mayEdit(document.role)) return null
  return (
    <>
      <MenuLine />
      {document.archivedAt === null ? (
        <MenuItem icon={Archive} onSelect={() => void archive(document)}>
          {t('menu.archive')}
        </MenuItem>
      ) : (
        <MenuItem icon={ArchiveRestore} onSelect={() => void unarchive(document)}>
          {t('menu.unarchive')}
        </MenuItem>
      )}
      <MenuItem icon={Trash2} danger onSelect={() => void remove(document)}>
        {t('menu.remove')}
      </MenuItem>
    </>
  )
}
