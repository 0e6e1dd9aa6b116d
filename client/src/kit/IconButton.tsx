import type { LucideIcon } from 'lucide-react'
import { Link } from 'react-router'
import { BareIconButton, type IconButtonProps } from './Button.tsx'
import { Tooltip } from './Tooltip.tsx'

/** A button that is only an icon: its label is its name and its tooltip. */
export function IconButton({ keys, ...rest }: IconButtonProps & { keys?: string }) {
  return (
    <Tooltip label={rest.label} {...(keys === undefined ? {} : { keys })}>
      <BareIconButton {...rest} />
    </Tooltip>
  )
}

/** The same for a way to another page. */
export function IconLink(props: { icon: LucideIcon; label: string; to: string; onClick?(): void }) {
  const { icon: Icon, label, ...rest } = props
  return (
    <Tooltip label={label}>
      <Link
        {...rest}
        aria-label={label}
        className="inline-flex size-7 shrink-0 items-center justify-center rounded-md text-muted transition-colors hover:bg-hover hover:text-ink"
      >
        <Icon size={16} aria-hidden />
      </Link>
    </Tooltip>
  )
}
