import type { WorkspaceId } from '@weft/shared/kit'
import { LayoutTemplate } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { IconButton, Menu, MenuItem, MenuLabel } from '../kit/index.ts'
import { DocumentMark } from './DocumentMark.tsx'
import { useDocuments } from './queries.ts'
import { useFromTemplate } from './useDuplicate.ts'

/** The templates of a workspace, where it has some. */
export function NewFromTemplate({ workspaceId }: { workspaceId: WorkspaceId }) {
  const { t } = useTranslation('documents')
  const { data: documents = [] } = useDocuments(workspaceId)
  const make = useFromTemplate(workspaceId)
  const templates = documents.filter(({ template }) => template)
  if (templates.length === 0) return null
  return (
    <Menu
      align="end"
      trigger={<IconButton icon={LayoutTemplate} label={t('template.action')} data-testid="new-from-template" />}
      label={t('template.action')}
    >
      <MenuLabel>{t('template.action')}</MenuLabel>
      {templates.map((template) => (
        <MenuItem key={template.id} onSelect={() => void make(template)}>
          <span className="flex items-center gap-2">
            <DocumentMark icon={template.icon} />
            <span className="truncate">{template.title || t('untitled')}</span>
          </span>
        </MenuItem>
      ))}
    </Menu>
  )
}
