/** Told to whatever hides a part of the text when something in it is to be seen. */
export const revealEvent = 'weft-reveal'

/** Brings an element of the text into sight, out of closed details too. `block`: where in the window. */
export function reveal(element: Element, block: ScrollLogicalPosition): void {
  for (let at: Element | null = element; at !== null; at = at.parentElement) {
    if (at.classList.contains('weft-details')) at.dispatchEvent(new Event(revealEvent))
  }
  element.scrollIntoView({ block, inline: 'nearest' })
}
