import type { Person } from '@weft/shared/auth'
import type { Document } from '@weft/shared/documents'
import { Archive, ChevronDown, FolderTree, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Menu, MenuItem } from '../kit/index.ts'
import { everywhere, isFiltered, type PaletteFilter, spans } from './filter.ts'

interface PaletteFiltersProps {
  filter: PaletteFilter
  setFilter(filter: PaletteFilter): void
  members: readonly Person[]
  /** The document that is open, below which one may look. */
  current: Document | undefined
}

const chip =
  'inline-flex h-8 max-w-48 items-center gap-1.5 rounded-md px-2 text-sm hover:bg-hover aria-pressed:bg-accent-soft aria-pressed:text-ink'

/** Among which documents is looked: by whom, from when, below which, and whether the archived ones are among them. */
export function PaletteFilters({ filter, setFilter, members, current }: PaletteFiltersProps) {
  const { t } = useTranslation('search')
  const below = filter.below !== null
  const people = members.map(({ id, name }) => ({ value: id as string, text: name }))
  return (
    // The keys of the list below are not for these.
    // biome-ignore lint/a11y/noStaticElementInteractions: it keeps keys from the list, and takes none
    <div
      onKeyDown={(event) => event.key !== 'Escape' && event.stopPropagation()}
      className="flex flex-wrap items-center gap-1 border-line border-b px-2 py-1.5 text-muted"
    >
      {members.length > 1 && (
        <Choice
          label={t('filter.author')}
          value={filter.author ?? 'any'}
          options={[{ value: 'any', text: t('filter.anybody') }, ...people]}
          onChange={(value) => setFilter({ ...filter, author: members.find(({ id }) => id === value)?.id ?? null })}
        />
      )}
      <Choice
        label={t('filter.changed')}
        value={filter.span ?? 'any'}
        options={(['any', ...spans] as const).map((value) => ({ value, text: t(`filter.span.${value}`) }))}
        onChange={(span) => setFilter({ ...filter, span: span === 'any' ? null : span })}
      />
      {(current !== undefined || below) && (
        <button
          type="button"
          aria-pressed={below}
          className={chip}
          onClick={() => setFilter({ ...filter, below: below ? null : (current?.id ?? null) })}
        >
          <FolderTree size={16} aria-hidden className="shrink-0" />
          <span className="truncate">{t('filter.below', { title: current?.title || t('untitled') })}</span>
        </button>
      )}
      <button
        type="button"
        aria-pressed={filter.archived}
        className={chip}
        onClick={() => setFilter({ ...filter, archived: !filter.archived })}
      >
        <Archive size={16} aria-hidden className="shrink-0" />
        {t('filter.archived')}
      </button>
      {isFiltered(filter) && (
        <button type="button" className={`${chip} ml-auto`} onClick={() => setFilter(everywhere)}>
          <X size={16} aria-hidden className="shrink-0" />
          {t('filter.clear')}
        </button>
      )}
    </div>
  )
}

/** One of a few, in a menu: a field of its own kind would be a second one to type in for whoever hears the page. */
function Choice<T extends string>(props: {
  label: string
  value: T
  options: readonly { value: T; text: string }[]
  onChange(value: T): void
}) {
  const chosen = props.options.find(({ value }) => value === props.value)?.text ?? ''
  return (
    <Menu
      label={props.label}
      trigger={
        <button type="button" aria-label={`${props.label}: ${chosen}`} className={chip}>
          <span className="truncate">{chosen}</span>
          <ChevronDown size={16} aria-hidden className="shrink-0" />
        </button>
      }
    >
      {props.options.map(({ value, text }) => (
        <MenuItem key={value} checked={value === props.value} onSelect={() => props.onChange(value)}>
          {text}
        </MenuItem>
      ))}
    </Menu>
  )
}
