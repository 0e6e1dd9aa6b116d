import { useEffect, useState } from 'react'

const inText = (): boolean => document.activeElement?.matches('input, textarea, [contenteditable="true"]') ?? false

/** Whether the keyboard is in a text now. */
export function useTyping(): boolean {
  const [typing, setTyping] = useState(inText)
  useEffect(() => {
    const look = () => setTyping(inText())
    // As it leaves one, what has it next is not known yet.
    const left = () => queueMicrotask(look)
    document.addEventListener('focusin', look)
    document.addEventListener('focusout', left)
    return () => {
      document.removeEventListener('focusin', look)
      document.removeEventListener('focusout', left)
    }
  }, [])
  return typing
}
