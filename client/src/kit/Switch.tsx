import { Switch as Radix } from 'radix-ui'

/** Something that is on or off, and is so at once. */
export const Switch = (props: {
  label: string
  /** The id of the words that say more. */
  describedBy?: string
  checked: boolean
  disabled?: boolean
  onChange(checked: boolean): void
}) => (
  <Radix.Root
    checked={props.checked}
    disabled={props.disabled ?? false}
    onCheckedChange={props.onChange}
    aria-label={props.label}
    aria-describedby={props.describedBy}
    className="relative inline-flex h-6 w-10 shrink-0 items-center rounded-full border border-edge bg-hover transition-colors disabled:opacity-45 data-[state=checked]:border-accent data-[state=checked]:bg-accent"
  >
    <Radix.Thumb className="ml-0.5 block size-4.5 rounded-full bg-edge transition-transform data-[state=checked]:translate-x-4 data-[state=checked]:bg-on-accent" />
  </Radix.Root>
)
