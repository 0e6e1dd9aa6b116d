import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import type { DocumentState } from '../live/index.ts'

/** Says it when the right to write is taken away or given back under somebody's hands: their keys do nothing, or again. */
export function useTellOfRight({ synced, mayWrite, generation }: DocumentState, title: string): void {
  const { t } = useTranslation('documents')
  const known = useRef<{ mayWrite: boolean } | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a fresh text of the same document says it once more
  useEffect(() => {
    // What the device remembers is no news; what the server says then may be.
    if (!synced) return
    const before = known.current
    known.current = { mayWrite }
    if (before === null || before.mayWrite === mayWrite) return
    toast.info(t(mayWrite ? 'right.given' : 'right.taken', { title }), { id: 'right-to-write' })
  }, [synced, mayWrite, generation, t])
}
