import { useEffect, useState } from 'react'
import type { SaveState } from '../types.ts'

/** A change that is saved sooner is not worth the word "Saving…"; ms. */
const slowAfter = 300
/** While somebody types, each key is saved before the next: the word settles only in a pause; ms. */
const calmAfter = 500

/**
 * The word to show without flicker; null: nothing to claim at the moment. "Saved" goes away with the change, never
 * later [SAVE-6], and comes back in a pause; "Saving…" comes if it takes long enough to read.
 */
export function useSteadyWord(save: SaveState): SaveState | null {
  const saving = save.word === 'saving'
  const [calm, setCalm] = useState(true)
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    if (saving) {
      setCalm(false)
      return
    }
    const timer = setTimeout(() => setCalm(true), calmAfter)
    return () => clearTimeout(timer)
  }, [saving])
  useEffect(() => {
    if (calm) {
      setSlow(false)
      return
    }
    const timer = setTimeout(() => setSlow(true), slowAfter)
    return () => clearTimeout(timer)
  }, [calm])
  if (!saving && (calm || save.word !== 'saved')) return save
  return slow ? { word: 'saving' } : null
}
