import { Popover as Radix } from 'radix-ui'
import { type ReactNode, useLayoutEffect, useRef } from 'react'

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
  /** Its first fields come later, as `LateFields`: until then the keyboard waits at the window itself. */
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
            const { currentTarget: content } = event
            if (!props.late || !(content instanceof HTMLElement)) return
            // What was read before is there at once: the keyboard begins there, as anywhere.
            if (content.querySelector('[data-late]') !== null) return
            event.preventDefault()
            content.focus({ preventScroll: true })
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

/** The first of these fields takes the keyboard, where that still waits at the window. */
export function LateFields({ children }: { children: ReactNode }) {
  const fields = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const waits = fields.current?.closest('[role="dialog"]') === document.activeElement
    if (waits) fields.current?.querySelector<HTMLElement>('button:not(:disabled), input:not(:disabled)')?.focus()
  }, [])
  return (
    <div ref={fields} data-late>
      {children}
    </div>
  )
}
