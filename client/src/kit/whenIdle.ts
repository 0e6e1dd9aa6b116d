/** Latest start of what can wait, in a page that is never idle; ms. */
const atLast = 5_000

/** Runs what the first page does not need, after it. Returns how to call it off. */
export function whenIdle(run: () => void): () => void {
  if ('requestIdleCallback' in window) {
    const handle = window.requestIdleCallback(run, { timeout: atLast })
    return () => window.cancelIdleCallback(handle)
  }
  const timer = setTimeout(run, 1_000)
  return () => clearTimeout(timer)
}
