import { Popover as Radix } from 'radix-ui'
import type { ReactNode } from 'react'

/** A small window beside its trigger, for a few fields; the page behind stays usable. */
export function Popover(props: {
  trigger: ReactNode
  label: string
  open?: boolean
  onOpenChange?(open: boolean): void
  children: ReactNode
}) {
  return (
    <Radix.Root
      {...(props.open === undefined ? {} : { open: props.open })}
      {...(props.onOpenChange ? { onOpenChange: props.onOpenChange } : {})}
    >
      <Radix.Trigger asChild>{props.trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={props.label}
          align="end"
          sideOffset={6}
          collisionPadding={8}
          className="z-40 max-h-[min(36rem,var(--radix-popover-content-available-height))] w-[26rem] max-w-[calc(100vw-1rem)] animate-appear overflow-y-auto rounded-xl border border-line bg-raised p-4 text-ink shadow-lg focus:outline-none"
        >
          {props.children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
