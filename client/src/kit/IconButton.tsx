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
