import { Check, ChevronDown } from 'lucide-react'
import { Select as Radix } from 'radix-ui'

/** One choice of a few. */
export function Select<T extends string>(props: {
  label: string
  value: T
  options: readonly { value: T; text: string }[]
  onChange(value: T): void
  disabled?: boolean
  quiet?: boolean
}) {
  return (
    <Radix.Root
      value={props.value}
      disabled={props.disabled ?? false}
      onValueChange={(next) => {
        const option = props.options.find(({ value }) => value === next)
        if (option) props.onChange(option.value)
      }}
    >
      <Radix.Trigger
        aria-label={props.label}
        className={`inline-flex h-8 items-center whitespace-nowrap justify-between gap-1 rounded-md px-2 text-ink text-sm hover:bg-hover disabled:opacity-55 ${
          props.quiet ? '' : 'border border-edge bg-canvas'
        }`}
      >
        <Radix.Value />
        <Radix.Icon>
          <ChevronDown size={16} aria-hidden className="text-muted" />
        </Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 min-w-[var(--radix-select-trigger-width)] animate-appear rounded-lg border border-line bg-raised p-1 text-ink shadow-lg"
        >
          <Radix.Viewport>
            {props.options.map(({ value, text }) => (
              <Radix.Item
                key={value}
                value={value}
                className="flex min-h-8 select-none items-center justify-between gap-3 rounded-md px-2 text-sm outline-none data-[highlighted]:bg-hover"
              >
                <Radix.ItemText>{text}</Radix.ItemText>
                <Radix.ItemIndicator>
                  <Check size={16} aria-hidden className="text-accent" />
                </Radix.ItemIndicator>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
