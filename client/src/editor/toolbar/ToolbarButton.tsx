import type { LucideIcon } from 'lucide-react'

interface ToolbarButtonProps {
  icon: LucideIcon
  label: string
  /** Shown behind the label in the tooltip. */
  keys?: string
  active?: boolean
  /** It shows and hides something. */
  expanded?: boolean
  disabled?: boolean
  onPress(): void
}

/** A button that leaves the selection where it is. */
export function ToolbarButton({ icon: Icon, label, keys, active, expanded, disabled, onPress }: ToolbarButtonProps) {
  return (
    <button
      type="button"
      className="weft-tool"
      aria-label={label}
      aria-pressed={active}
      aria-expanded={expanded}
      title={keys ? `${label} (${keys})` : label}
      disabled={disabled}
      onPointerDown={(event) => event.preventDefault()}
      onClick={onPress}
    >
      <Icon size={16} aria-hidden="true" />
    </button>
  )
}

const mac = typeof navigator !== 'undefined' && /Mac|iP(hone|ad|od)/.test(navigator.platform)

/** `Mod+Shift+S` as this machine writes it. */
export const keyNames = (keys: string): string =>
  keys.replaceAll('Mod', mac ? '⌘' : 'Ctrl').replaceAll('Alt', mac ? '⌥' : 'Alt')
