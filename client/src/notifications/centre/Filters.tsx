import { NotificationKind, type NotificationView, notificationTabs } from '@weft/shared/notifications'
import { ListFilter } from 'lucide-react'
import { Tabs } from 'radix-ui'
import { useTranslation } from 'react-i18next'
import { IconButton, Menu, MenuItem, MenuLabel, MenuLine } from '../../kit/index.ts'
import { type Filter, tabs } from './filter.ts'

const views: readonly NotificationView[] = ['inbox', 'snoozed', 'archived']

/** What of one's notifications is looked at: tabs, and behind them the rest. The list is their panel. */
export function Filters({ filter, onChange }: { filter: Filter; onChange(filter: Filter): void }) {
  const { t } = useTranslation('notifications')
  const kinds = filter.tab === 'all' ? NotificationKind.options : notificationTabs[filter.tab]
  const narrowed = filter.view !== 'inbox' || filter.kind !== null
  return (
    <div className="flex shrink-0 items-center gap-1 border-line border-b px-2 sm:px-3">
      <Tabs.List aria-label={t('tabs.label')} className="flex min-w-0 flex-1 overflow-x-auto">
        {tabs.map((tab) => (
          <Tabs.Trigger
            key={tab}
            value={tab}
            className="-mb-px whitespace-nowrap border-transparent border-b-2 px-1.5 py-2 font-medium text-muted text-sm hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink"
          >
            {t(`tabs.${tab}`)}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      <Menu
        align="end"
        label={t('filter.label')}
        trigger={
          <IconButton
            icon={ListFilter}
            label={t('filter.label')}
            data-testid="notification-filter"
            className={narrowed ? '!text-accent' : ''}
          />
        }
      >
        <MenuLabel>{t('filter.place')}</MenuLabel>
        {views.map((view) => (
          <MenuItem key={view} checked={filter.view === view} onSelect={() => onChange({ ...filter, view })}>
            {t(`filter.${view}`)}
          </MenuItem>
        ))}
        <MenuLine />
        <MenuLabel>{t('filter.kinds')}</MenuLabel>
        <MenuItem checked={filter.kind === null} onSelect={() => onChange({ ...filter, kind: null })}>
          {t('filter.allKinds')}
        </MenuItem>
        {kinds.map((kind) => (
          <MenuItem key={kind} checked={filter.kind === kind} onSelect={() => onChange({ ...filter, kind })}>
            {t(`kind.${kind}`)}
          </MenuItem>
        ))}
      </Menu>
    </div>
  )
}
