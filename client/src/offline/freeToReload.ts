const windows = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]'
const fields =
  'textarea, input:not([type="checkbox"], [type="radio"], [type="button"], [type="submit"], [type="hidden"])'

/**
 * Whether nothing would be lost with this page that lives in it alone: a window that is open, words in a field that are
 * not sent yet. A document's own text is on the device, and is asked for elsewhere.
 */
export function freeToReload(page: Document): boolean {
  if (page.querySelector(windows) !== null) return false
  for (const field of page.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(fields)) {
    if (!field.disabled && !field.readOnly && field.value !== '') return false
  }
  // Fields with rich text outside of documents are comments on their way.
  return [...page.querySelectorAll('[contenteditable="true"]')].every(
    (field) => field.closest('[data-document]') !== null || (field.textContent ?? '').trim() === '',
  )
}
