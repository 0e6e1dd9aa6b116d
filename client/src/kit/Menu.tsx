import { Check, type LucideIcon } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import type { ReactNode } from 'react'

/** A menu under its trigger, which is one button. The page beside it stays there for screen readers. */
export function Menu(props: {
  trigger: ReactNode
  align?: 'start' | 'end'
  label?: string
  defaultOpen?: boolean
  onOpenChange?(open: boolean): void
  children: ReactNode
}) {
  return (
    <DropdownMenu.Root
      modal={false}
      defaultOpen={props.defaultOpen ?? false}
      {...(props.onOpenChange ? { onOpenChange: props.onOpenChange } : {})}
    >
      <DropdownMenu.Trigger asChild>{props.trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align={props.align ?? 'start'}
          sideOffset={4}
          collisionPadding={8}
          onCloseAutoFocus={(event) => {
            // What an item has opened may have the keyboard by now, and keeps it.
            if (document.activeElement !== document.body) event.preventDefault()
          }}
          {...(props.label === undefined ? {} : { 'aria-label': props.label })}
          className="z-50 max-h-[min(38rem,var(--radix-dropdown-menu-content-available-height))] min-w-48 max-w-80 animate-appear overflow-y-auto rounded-lg border border-line bg-raised p-1 text-ink shadow-lg"
        >
          {props.children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

export function MenuItem(props: {
  icon?: LucideIcon
  checked?: boolean
  danger?: boolean
  disabled?: boolean
  onSelect(): void
  children: ReactNode
}) {
  const { icon: Icon } = props
  return (
    <DropdownMenu.Item
      disabled={props.disabled ?? false}
      onSelect={props.onSelect}
      className={`flex min-h-8 select-none items-center gap-2 rounded-md px-2 py-1 text-sm outline-none data-[disabled]:opacity-45 data-[highlighted]:bg-hover ${props.danger ? 'text-danger' : ''}`}
    >
      {Icon !== undefined && <Icon size={16} aria-hidden className={props.danger ? '' : 'text-muted'} />}
      <span className="min-w-0 flex-1 truncate">{props.children}</span>
      {props.checked === true && <Check size={16} aria-hidden className="text-accent" />}
    </DropdownMenu.Item>
  )
}

export const MenuLine = () => <DropdownMenu.Separator className="mx-1 my-1 h-px bg-line" />

export const MenuLabel = ({ children }: { children: ReactNode }) => (
  <DropdownMenu.Label className="truncate px-2 pt-1.5 pb-1 text-faint text-xs">{children}</DropdownMenu.Label>
)
