import type { WorkspaceId } from '@weft/shared/kit'
import { Download } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button, download, Menu, MenuItem, MenuLabel } from '../kit/index.ts'
import { useConnection } from '../live/index.ts'
import { type ExportFormat, exportAddress, type Filter, startOfToday } from './filter.ts'

const formats: readonly ExportFormat[] = ['csv', 'jsonl']

/** Takes all that the filter finds along as a file, beyond what the page has loaded. */
export function ExportMenu({ workspaceId, filter }: { workspaceId: WorkspaceId; filter: Filter }) {
  const { t } = useTranslation('activity')
  const offline = useConnection() === 'offline'
  return (
    <Menu
      align="end"
      label={t('export.label')}
      trigger={
        <Button size="sm">
          <Download size={16} aria-hidden />
          {t('export.label')}
        </Button>
      }
    >
      <MenuLabel>{t(offline ? 'export.offline' : 'export.hint')}</MenuLabel>
      {formats.map((format) => (
        <MenuItem
          key={format}
          disabled={offline}
          onSelect={() => download(exportAddress(workspaceId, format, filter, startOfToday()))}
        >
          {t(`export.${format}`)}
        </MenuItem>
      ))}
    </Menu>
  )
}
