const listeners = new Set<() => void>()

/** Asks the open document to look for words in its text, for whoever has no key for it. */
export function findInDocument(): void {
  for (const listener of [...listeners]) listener()
}

/** Called when that is asked for; the answer ends it. */
export function onFindInDocument(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
