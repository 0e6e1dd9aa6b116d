import { HoverCard as Radix } from 'radix-ui'
import { type ReactNode, useEffect, useState } from 'react'

/** Milliseconds. */
const openDelay = 300
const closeDelay = 100

/** More about what is under the pointer; holds nothing that cannot be reached otherwise. */
export function HoverCard(props: { trigger: ReactNode; children: ReactNode }) {
  return (
    <Radix.Root openDelay={openDelay} closeDelay={closeDelay}>
      <Radix.Trigger asChild>{props.trigger}</Radix.Trigger>
      <Card>{props.children}</Card>
    </Radix.Root>
  )
}

/**
 * The same for elements that no component has drawn: `over` is the one under the pointer. `atOnce` is for touches, which
 * do not wait.
 */
export function HoverCardAt<E extends Element>(props: {
  over: E | null
  atOnce: boolean
  children(about: E): ReactNode
}) {
  const { over, atOnce, children } = props
  const [shown, setShown] = useState<{ about: E; at: DOMRect } | null>(null)
  const [held, setHeld] = useState(false)
  const open = shown !== null
  useEffect(() => {
    if (held) return
    const show = () => setShown(over?.isConnected ? { about: over, at: over.getBoundingClientRect() } : null)
    const timer = setTimeout(show, atOnce ? 0 : over === null ? closeDelay : openDelay)
    return () => clearTimeout(timer)
  }, [over, atOnce, held])
  useEffect(() => {
    if (!open) return
    const close = () => setShown(null)
    window.addEventListener('scroll', close, { capture: true, passive: true })
    return () => {
      window.removeEventListener('scroll', close, { capture: true })
      // What goes from under the pointer is not left by it.
      setHeld(false)
    }
  }, [open])
  if (shown === null) return null
  const { left, top, width, height } = shown.at
  return (
    <Radix.Root open onOpenChange={(next) => !next && setShown(null)}>
      <Radix.Trigger asChild>
        <span aria-hidden className="pointer-events-none fixed" style={{ left, top, width, height }} />
      </Radix.Trigger>
      <Card onHeld={setHeld}>{children(shown.about)}</Card>
    </Radix.Root>
  )
}

function Card({ children, onHeld }: { children: ReactNode; onHeld?: (held: boolean) => void }) {
  return (
    <Radix.Portal>
      <Radix.Content
        sideOffset={8}
        collisionPadding={8}
        onPointerEnter={() => onHeld?.(true)}
        onPointerLeave={() => onHeld?.(false)}
        className="z-50 max-w-72 animate-appear rounded-lg border border-line bg-raised p-3 text-ink text-sm shadow-lg"
      >
        {children}
      </Radix.Content>
    </Radix.Portal>
  )
}
