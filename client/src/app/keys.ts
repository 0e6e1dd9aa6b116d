/** The name of the modifier on this machine, as people write it before a key. */
export const modKey = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl+'

/** True where a key is text, or belongs to an open window. */
export function isForPage(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing) return false
  const { target } = event
  if (!(target instanceof HTMLElement)) return true
  if (target.isContentEditable || target.closest('input, textarea, select, [contenteditable]')) return false
  return target.closest('[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]') === null
}

/** A single letter or sign, with nothing held but what it takes to type it. */
export const isPlainKey = (event: KeyboardEvent, key: string): boolean =>
  event.key === key && !event.ctrlKey && !event.metaKey && !event.altKey

export const isModKey = (event: KeyboardEvent, key: string): boolean =>
  event.key === key && (event.ctrlKey || event.metaKey) && !event.altKey

/** Nothing that is open (a list in the text, a bar, a window) takes this key for itself; asked before anything has. */
export const isFree = ({ target, isComposing }: KeyboardEvent): boolean =>
  !isComposing &&
  document.querySelector('[role="listbox"], [role="menu"], [role="dialog"], [role="alertdialog"]') === null &&
  !(target instanceof HTMLElement && target.matches('input, textarea'))
