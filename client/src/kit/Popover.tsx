import { Popover as Radix } from 'radix-ui'
import type { ReactNode } from 'react'

/** A small window beside its trigger, for a few fields; the page behind stays usable. */
export function Popover(props: {
  trigger: ReactNode
  label: string
  open?: boolean
  onOpenChange?(open: boolean): void
  side?: 'right' | 'bottom'
  align?: 'start' | 'end'
  /** Without room around what it holds, which scrolls by itself. */
  flush?: boolean
  /** Its first fields come later: the keyboard waits at the window itself, and does not begin in the middle. */
  late?: boolean
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
          side={props.side ?? 'bottom'}
          align={props.align ?? 'end'}
          sideOffset={6}
          collisionPadding={8}
          onOpenAutoFocus={(event) => {
            if (!props.late || !(event.currentTarget instanceof HTMLElement)) return
            event.preventDefault()
            event.currentTarget.focus({ preventScroll: true })
          }}
          onInteractOutside={(event) => {
            // What a toast offers belongs to what was just done in here.
            if (event.target instanceof Element && event.target.closest('[data-sonner-toaster]')) event.preventDefault()
          }}
          className={`z-40 max-h-[min(36rem,var(--radix-popover-content-available-height))] w-[26rem] max-w-[calc(100vw-1rem)] animate-appear rounded-xl border border-line bg-raised text-ink shadow-lg focus:outline-none ${
            props.flush ? 'flex flex-col overflow-hidden' : 'overflow-y-auto p-4'
          }`}
        >
          {props.children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
