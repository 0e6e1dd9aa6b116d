/** Puts text on the clipboard; false where the browser does not let us (plain HTTP on another host). */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
