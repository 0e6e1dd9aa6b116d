import { HoverCard as Radix } from 'radix-ui'
import type { ReactNode } from 'react'

/** More about what is under the pointer; holds nothing that cannot be reached otherwise. */
export function HoverCard(props: { trigger: ReactNode; children: ReactNode }) {
  return (
    <Radix.Root openDelay={300} closeDelay={100}>
      <Radix.Trigger asChild>{props.trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          sideOffset={8}
          collisionPadding={8}
          className="z-50 max-w-72 animate-appear rounded-lg border border-line bg-raised p-3 text-ink text-sm shadow-lg"
        >
          {props.children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
