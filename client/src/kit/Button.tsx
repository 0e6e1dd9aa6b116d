import type { LucideIcon } from 'lucide-react'
import { Slot } from 'radix-ui'
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'

const looks = {
  primary: 'bg-accent text-on-accent hover:brightness-110 shadow-sm',
  quiet: 'border border-line bg-raised text-ink hover:bg-hover',
  plain: 'text-muted hover:bg-hover hover:text-ink',
  danger: 'bg-danger text-on-danger hover:brightness-110',
}

/** A button with words. `asChild` gives its look to a link. */
export function Button(
  props: ButtonHTMLAttributes<HTMLButtonElement> & {
    look?: keyof typeof looks
    size?: 'sm' | 'md'
    asChild?: boolean
    busy?: boolean
    children: ReactNode
    ref?: Ref<HTMLButtonElement>
  },
) {
  const { look = 'quiet', size = 'md', asChild = false, busy = false, className = '', disabled, ...rest } = props
  const Element = asChild ? Slot.Root : 'button'
  return (
    <Element
      {...(asChild ? {} : { type: 'button' as const, disabled: disabled || busy, 'aria-busy': busy || undefined })}
      {...rest}
      className={`inline-flex select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md font-medium transition-colors disabled:opacity-55 ${
        size === 'sm' ? 'h-7 px-2.5 text-sm' : 'h-9 px-3.5 text-sm'
      } ${looks[look]} ${className}`}
    />
  )
}

/** What an `IconButton` needs to become the trigger of a menu or dialog. */
export interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  icon: LucideIcon
  label: string
  size?: number
  ref?: Ref<HTMLButtonElement>
}

/** The bare icon button; `IconButton` adds the tooltip. */
export function BareIconButton({ icon: Icon, label, size = 16, className = '', ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      {...rest}
      className={`inline-flex size-7 shrink-0 items-center justify-center rounded-md text-muted transition-colors hover:bg-hover hover:text-ink disabled:opacity-45 data-[state=open]:bg-hover data-[state=open]:text-ink ${className}`}
    >
      <Icon size={size} aria-hidden />
    </button>
  )
}
