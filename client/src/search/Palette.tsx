import type { DocumentId, WorkspaceId } from '@weft/shared/kit'
import { queryLimit } from '@weft/shared/search'
import { Command } from 'cmdk'
import { Search } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { type ReactNode, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useAccount } from '../auth/index.ts'
import { DocumentMark, useAllDocuments } from '../documents/index.ts'
import { problemText } from '../kit/index.ts'
import { useConnection } from '../live/index.ts'
import { Avatar } from '../presence/index.ts'
import { useMembers } from '../workspaces/index.ts'
import './catalogue.ts'
import type { PaletteCommand } from './commands.ts'
import { among, everywhere, isFiltered, searchFilterOf } from './filter.ts'
import { Marked } from './Marked.tsx'
import { matching } from './matching.ts'
import { PaletteFilters } from './PaletteFilters.tsx'
import { focusAtOnce, paletteBox, paletteInput, paletteLine, paletteVeil } from './PaletteStandIn.tsx'
import { recentDocuments } from './recent.ts'
import { allOf, type FoundDocument, foundOf, recentOf } from './results.ts'
import { useHits } from './useHits.ts'

const mostPeople = 4
const mostCommands = 5
const mostUnasked = 20

interface PaletteProps {
  workspaceId: WorkspaceId
  /** The one that is open. */
  documentId: DocumentId | null
  commands: readonly PaletteCommand[]
  query: string
  setQuery(query: string): void
  open: boolean
  onOpenChange(open: boolean): void
}

/** Documents by title and text, people and commands, by typing (ux.md: Keys). */
export function Palette(props: PaletteProps) {
  const { t } = useTranslation('search')
  return (
    <Dialog.Root open={props.open} onOpenChange={props.onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className={paletteVeil} />
        <Dialog.Content aria-describedby={undefined} className={paletteBox}>
          <Dialog.Title className="sr-only">{t('label')}</Dialog.Title>
          <Body {...props} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function Body({ workspaceId, documentId, commands, query, setQuery, onOpenChange }: PaletteProps) {
  const { t } = useTranslation('search')
  const account = useAccount()
  const navigate = useNavigate()
  const offline = useConnection() === 'offline'
  const { data: all = [] } = useAllDocuments(workspaceId)
  const { data: members = [] } = useMembers(workspaceId)
  const [filter, setFilter] = useState(everywhere)
  const filtered = isFiltered(filter)
  const asked = useMemo(() => searchFilterOf(filter, Date.now()), [filter])
  const { hits, error, isBehind } = useHits(workspaceId, query, asked, !offline)
  const wanted = query.trim()
  const documents = useMemo(() => among(all, filter, Date.now()), [all, filter])
  const recent = useMemo(
    () =>
      filtered
        ? allOf(documents, all, mostUnasked)
        : recentOf(documents, recentDocuments(account.id, workspaceId), documentId),
    [filtered, documents, all, account.id, workspaceId, documentId],
  )
  const found = wanted === '' ? recent : foundOf(wanted, documents, hits, all)
  // A filter is about documents: people and commands have nothing that it asks for.
  const people = wanted === '' || filtered ? [] : matching(wanted, members, ({ name }) => name, mostPeople)
  const doable = filtered
    ? []
    : wanted === ''
      ? commands.map((item) => ({ item, marks: [] }))
      : matching(wanted, commands, ({ label }) => label, mostCommands)
  const count = found.length + people.length + doable.length

  const then = (run: () => void) => () => {
    onOpenChange(false)
    run()
  }
  const go = (to: string) => then(() => void navigate(to))
  return (
    <Command shouldFilter={false} loop label={t('label')}>
      <div className={paletteLine}>
        <Search size={16} aria-hidden className="shrink-0 text-faint" />
        <Command.Input
          ref={focusAtOnce}
          value={query}
          onValueChange={setQuery}
          maxLength={queryLimit}
          placeholder={t('placeholder')}
          className={paletteInput}
        />
      </div>
      <PaletteFilters
        filter={filter}
        setFilter={setFilter}
        members={members}
        current={all.find(({ id }) => id === documentId)}
      />
      <Command.List
        label={t('label')}
        className={`max-h-[min(26rem,60vh)] overflow-y-auto overscroll-contain [scroll-padding-block:0.5rem] ${count === 0 ? '' : 'p-2'}`}
      >
        {found.length > 0 && (
          <Group heading={t(wanted === '' && !filtered ? 'recent' : 'documents')}>
            {found.map((document) => (
              <Item
                key={document.id}
                value={`document ${document.id}`}
                onSelect={go(`/w/${workspaceId}/d/${document.id}`)}
                icon={<DocumentMark icon={document.icon} />}
              >
                <DocumentWords {...document} />
              </Item>
            ))}
          </Group>
        )}
        {people.length > 0 && (
          <Group heading={t('people')}>
            {people.map(({ item, marks }) => (
              <Item
                key={item.id}
                value={`person ${item.id}`}
                onSelect={go(`/w/${workspaceId}/activity?person=${item.id}`)}
                icon={<Avatar person={item} size={20} />}
              >
                <span className="truncate">
                  <Marked text={item.name} marks={marks} />
                </span>
                <span className="block truncate text-faint text-xs">{t('activityOf', { name: item.name })}</span>
              </Item>
            ))}
          </Group>
        )}
        {doable.length > 0 && (
          <Group heading={t('commands')}>
            {doable.map(({ item, marks }) => (
              <Item
                key={item.id}
                value={`command ${item.id}`}
                onSelect={then(item.run)}
                icon={<item.icon size={16} aria-hidden className="shrink-0 text-faint" />}
                keys={item.keys}
              >
                <Marked text={item.label} marks={marks} />
              </Item>
            ))}
          </Group>
        )}
      </Command.List>
      <Notes
        error={error}
        offline={offline}
        nothing={count === 0 && !isBehind}
        searching={isBehind && wanted !== '' && count === 0}
        count={wanted === '' || isBehind ? null : count}
        query={wanted}
        needsWords={wanted === '' && filtered}
      />
    </Command>
  )
}

const Group = ({ heading, children }: { heading: string; children: ReactNode }) => (
  <Command.Group
    heading={heading}
    className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-faint [&_[cmdk-group-heading]]:text-xs"
  >
    {children}
  </Command.Group>
)

function Item(props: {
  value: string
  icon: ReactNode
  keys?: string | undefined
  onSelect(): void
  children: ReactNode
}) {
  return (
    <Command.Item
      value={props.value}
      onSelect={props.onSelect}
      className="flex min-h-10 cursor-pointer items-center gap-2.5 rounded-md px-2 py-1.5 text-sm aria-selected:bg-hover"
    >
      {props.icon}
      <span className="min-w-0 flex-1">{props.children}</span>
      {props.keys !== undefined && (
        <kbd className="rounded-sm border border-line bg-sunken px-1.5 py-0.5 font-sans text-xs">{props.keys}</kbd>
      )}
    </Command.Item>
  )
}

function DocumentWords({ title, excerpt, path, archived }: FoundDocument) {
  const { t } = useTranslation('search')
  return (
    <>
      <span className="block truncate">
        {title.text === '' ? <span className="text-faint">{t('untitled')}</span> : <Marked {...title} />}
        {archived && <span className="text-faint text-xs"> · {t('isArchived')}</span>}
        {path.length > 0 && (
          <span className="text-faint text-xs"> · {path.map((name) => name || t('untitled')).join(' / ')}</span>
        )}
      </span>
      {excerpt !== null && excerpt.text !== '' && (
        <span className="mt-0.5 line-clamp-2 text-muted text-xs">
          <Marked {...excerpt} />
        </span>
      )}
    </>
  )
}

function Notes(props: {
  error: unknown
  offline: boolean
  nothing: boolean
  searching: boolean
  count: number | null
  query: string
  needsWords: boolean
}) {
  const { t } = useTranslation('search')
  const { t: ofKit } = useTranslation('kit')
  const { error, offline, nothing, searching, count, query } = props
  const words = nothing
    ? props.needsWords
      ? t('needsWords')
      : t(offline ? 'nothingOffline' : 'nothing', { query })
    : searching
      ? t('searching')
      : error
        ? t('failed', { why: problemText(error, ofKit) })
        : offline
          ? t('offline')
          : null
  return (
    <>
      {words !== null && (
        <p
          className={`border-line px-4 py-2.5 text-sm ${nothing || searching ? '' : 'border-t'} ${error && !nothing ? 'text-danger' : 'text-muted'}`}
        >
          {words}
        </p>
      )}
      <p role="status" className="sr-only">
        {words ?? (count === null ? '' : t('found', { count }))}
      </p>
    </>
  )
}
