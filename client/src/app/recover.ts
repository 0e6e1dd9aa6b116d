const key = 'weft-recovered'
/** A page that breaks again this soon after it was loaded anew is not helped by that; ms. */
const notAgainWithin = 30_000

/** Whether a part of the application could not be loaded: the connection is gone, or the server has a newer version. */
export const isMissingPart = (error: unknown): boolean =>
  error instanceof Error &&
  /dynamically imported module|importing a module script|preload (?:css|module)/i.test(error.message)

/** Loads the page anew where the server answers, once; resolves with whether it does. */
export async function loadAnew(): Promise<boolean> {
  const last = Number(sessionStorage.getItem(key) ?? 0)
  if (Date.now() - last < notAgainWithin) return false
  const answer = await fetch('/index.html', { cache: 'no-store' }).catch(() => null)
  if (answer === null || !answer.ok) return false
  sessionStorage.setItem(key, String(Date.now()))
  window.location.reload()
  return true
}
