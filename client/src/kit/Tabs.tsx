import { Tabs as Radix } from 'radix-ui'
import type { ReactNode } from 'react'

/** Panels of one page, one shown at a time. */
export function Tabs(props: { label: string; tabs: readonly { value: string; title: string; content: ReactNode }[] }) {
  const [first] = props.tabs
  return (
    <Radix.Root defaultValue={first?.value ?? ''}>
      <Radix.List aria-label={props.label} className="flex gap-4 border-line border-b">
        {props.tabs.map(({ value, title }) => (
          <Radix.Trigger
            key={value}
            value={value}
            className="-mb-px border-transparent border-b-2 py-2 font-medium text-muted text-sm hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink"
          >
            {title}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {props.tabs.map(({ value, content }) => (
        <Radix.Content key={value} value={value} className="pt-4">
          {content}
        </Radix.Content>
      ))}
    </Radix.Root>
  )
}
