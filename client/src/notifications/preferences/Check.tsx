/** A box to tick; its name is not beside it. */
export const Check = (props: {
  label: string
  checked: boolean
  disabled?: boolean
  onChange(checked: boolean): void
}) => (
  <input
    type="checkbox"
    aria-label={props.label}
    checked={props.checked}
    disabled={props.disabled ?? false}
    onChange={(event) => props.onChange(event.target.checked)}
    className="size-4 align-middle accent-(--accent)"
  />
)
