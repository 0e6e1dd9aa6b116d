import { type ActivityEntry, type ActivityGroup, groupActivity, localTimeIn } from '@weft/shared/activity'
import type { DocumentId, WorkspaceId } from '@weft/shared/kit'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ActivityRow } from './ActivityRow.tsx'
import type { Names } from './names.ts'

/** Groups that follow one another in one part of a day. */
interface Section {
  key: string
  group: ActivityGroup
  groups: ActivityGroup[]
}

function sectionsOf(groups: readonly ActivityGroup[]): Section[] {
  const sections = new Map<string, Section>()
  for (const group of groups) {
    const key = `${group.day} ${group.part}`
    const section = sections.get(key)
    if (section === undefined) sections.set(key, { key, group, groups: [group] })
    else section.groups.push(group)
  }
  return [...sections.values()]
}

/** The history, day by day and part by part, the newest first. */
export function ActivityList(props: {
  entries: readonly ActivityEntry[]
  workspaceId: WorkspaceId
  names: Names
  /** Of the days; parts of a day are one below. */
  heading: 'h2' | 'h3'
  /** The document that all entries are about, and whose title need not be said again. */
  within: DocumentId | null
  onOnly?(documentId: DocumentId): void
}) {
  const { t, i18n } = useTranslation('activity')
  const Day = props.heading
  const Part = Day === 'h2' ? 'h3' : 'h4'
  const [localTime] = useState(() => localTimeIn())
  const sections = useMemo(() => sectionsOf(groupActivity(props.entries, localTime)), [props.entries, localTime])
  const dayText = (day: string): string => {
    const now = Date.now()
    if (day === localTime(now).day) return t('today')
    if (day === localTime(now - 86_400_000).day) return t('yesterday')
    return new Intl.DateTimeFormat(i18n.language, { dateStyle: 'full', timeZone: 'UTC' }).format(Date.parse(day))
  }
  return sections.map(({ key, group, groups }, place) => (
    <section key={key} aria-label={`${dayText(group.day)}, ${t(`part.${group.part}`)}`}>
      {group.day !== sections[place - 1]?.group.day && (
        <Day className="sticky top-0 z-10 mt-6 border-line border-b bg-canvas py-2 font-semibold text-sm">
          {dayText(group.day)}
        </Day>
      )}
      <Part className="mt-3 px-1 text-muted text-xs">{t(`part.${group.part}`)}</Part>
      <ul>
        {groups.map((one) => (
          <ActivityRow
            key={one.key}
            group={one}
            workspaceId={props.workspaceId}
            names={props.names}
            within={props.within}
            {...(props.onOnly && { onOnly: props.onOnly })}
          />
        ))}
      </ul>
    </section>
  ))
}
