import type { MarkedText } from '@weft/shared/search'
import type { ReactNode } from 'react'

/** A text with what was found in it. */
export function Marked({ text, marks }: MarkedText) {
  const parts: ReactNode[] = []
  let at = 0
  for (const [from, to] of marks) {
    parts.push(
      text.slice(at, from),
      <mark key={from} className="bg-transparent font-semibold text-ink underline decoration-accent decoration-2">
        {text.slice(from, to)}
      </mark>,
    )
    at = to
  }
  return (
    <>
      {parts}
      {text.slice(at)}
    </>
  )
}
