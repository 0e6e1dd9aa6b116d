import type { Person } from '@weft/shared/auth'
import { X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Input, Select } from '../kit/index.ts'
import { type Filter, kindNames, spanNames } from './filter.ts'
import type { Names } from './names.ts'

/** What is typed is asked for when the typing pauses; ms. */
const pause = 300

export function ActivityFilters(props: {
  filter: Filter
  members: readonly Person[]
  names: Names
  onChange(filter: Filter): void
}) {
  const { filter, names, onChange } = props
  const { t } = useTranslation('activity')
  const document = names.document(filter.document)
  const people = props.members.map(({ id, name }) => ({ value: id as string, text: name }))
  return (
    <search aria-label={t('filters')} className="mb-2 flex flex-wrap items-center gap-2">
      <SearchField value={filter.search} onChange={(search) => onChange({ ...filter, search })} />
      {people.length > 1 && (
        <Select
          label={t('person.label')}
          value={filter.person ?? 'any'}
          options={[{ value: 'any', text: t('person.any') }, ...people]}
          onChange={(value) =>
            onChange({ ...filter, person: props.members.find(({ id }) => id === value)?.id ?? null })
          }
        />
      )}
      <Select
        label={t('kind.label')}
        value={filter.kind ?? 'any'}
        options={(['any', ...kindNames] as const).map((value) => ({ value, text: t(`kind.${value}`) }))}
        onChange={(kind) => onChange({ ...filter, kind: kind === 'any' ? null : kind })}
      />
      <Select
        label={t('span.label')}
        value={filter.span ?? 'any'}
        options={(['any', ...spanNames] as const).map((value) => ({ value, text: t(`span.${value}`) }))}
        onChange={(span) => onChange({ ...filter, span: span === 'any' ? null : span })}
      />
      {filter.document !== null && (
        <Button size="sm" onClick={() => onChange({ ...filter, document: null })}>
          {t('only', { title: document?.title || t('untitled') })}
          <X size={14} aria-hidden />
          <span className="sr-only">{t('all')}</span>
        </Button>
      )}
    </search>
  )
}

function SearchField({ value, onChange }: { value: string; onChange(value: string): void }) {
  const { t } = useTranslation('activity')
  const [typed, setTyped] = useState(value)
  const [asked, setAsked] = useState(value)
  // The address changed by itself: back, or everything shown again.
  if (value !== asked) {
    setAsked(value)
    setTyped(value)
  }
  useEffect(() => {
    if (typed === asked) return
    const timer = setTimeout(() => {
      setAsked(typed)
      onChange(typed)
    }, pause)
    return () => clearTimeout(timer)
  }, [typed, asked, onChange])
  return (
    <Input
      type="search"
      aria-label={t('search')}
      placeholder={t('search')}
      maxLength={200}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      className="sm:w-56"
    />
  )
}
