const key = 'weft-invite'
/** As the contract bounds it (`workspaces/contract.ts`), in the alphabet of base64url. */
const pattern = /^[A-Za-z0-9_-]{20,100}$/

/** The secret in an invitation's address, behind `#`; null if there is none that could be one. */
export function inviteIn(hash: string): string | null {
  const token = hash.startsWith('#') ? hash.slice(1) : hash
  return pattern.test(token) ? token : null
}

/** Keeps an invitation over signing up or in: for this tab only, and no longer than it. */
export function holdInvite(token: string): void {
  try {
    sessionStorage.setItem(key, token)
  } catch {
    // Without storage the address itself still holds it, until the person leaves the page.
  }
}

export function heldInvite(): string | null {
  try {
    return inviteIn(sessionStorage.getItem(key) ?? '')
  } catch {
    return null
  }
}

export function dropInvite(): void {
  try {
    sessionStorage.removeItem(key)
  } catch {
    // Nothing was kept then.
  }
}
