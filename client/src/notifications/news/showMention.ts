/** A text that is not there by then does not come any more, or its mention has gone; ms. */
const patience = 15_000
/** As long as it takes to see what is meant; ms. */
const markedFor = 3_000

/** Brings a mention into view as soon as it is in the page, and marks it for a moment. Returns how to call it off. */
export function showMention(mentionId: string): () => void {
  const observer = new MutationObserver(look)
  const timers: ReturnType<typeof setTimeout>[] = [setTimeout(() => observer.disconnect(), patience)]
  observer.observe(document.body, { childList: true, subtree: true })
  look()
  return () => {
    observer.disconnect()
    for (const timer of timers) clearTimeout(timer)
  }

  function look(): void {
    const mention = document.querySelector(`[data-mention="${CSS.escape(mentionId)}"]`)
    if (mention === null) return
    observer.disconnect()
    mention.scrollIntoView({ block: 'center' })
    mention.toggleAttribute('data-shown', true)
    timers.push(setTimeout(() => mention.toggleAttribute('data-shown', false), markedFor))
  }
}
