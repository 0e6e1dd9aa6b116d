import { Tooltip as Radix } from 'radix-ui'
import type { ReactNode } from 'react'

export const TooltipProvider = ({ children }: { children: ReactNode }) => (
  <Radix.Provider delayDuration={400} skipDelayDuration={200}>
    {children}
  </Radix.Provider>
)

/** Names what is under the pointer or focus; `keys` are the keys that do the same. */
export function Tooltip(props: {
  label: string
  keys?: string
  side?: 'top' | 'right' | 'bottom'
  children: ReactNode
}) {
  return (
    <Radix.Root>
      <Radix.Trigger
        asChild
        onFocus={(event) => {
          // For those who come by key. A menu or a window that has gone gives the keyboard back, from nowhere.
          const comesByKey = event.relatedTarget !== null && event.currentTarget.matches(':focus-visible')
          if (!comesByKey) event.preventDefault()
        }}
      >
        {props.children}
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={props.side ?? 'bottom'}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 flex animate-appear items-center gap-2 rounded-md bg-ink px-2 py-1 text-canvas text-xs shadow-lg"
        >
          {props.label}
          {props.keys !== undefined && <kbd className="font-sans opacity-70">{props.keys}</kbd>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
