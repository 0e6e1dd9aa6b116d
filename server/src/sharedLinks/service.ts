import { createAdmission } from './admission.ts'
import { createLinkCommands } from './commands.ts'
import type { SharedLinksDependencies } from './dependencies.ts'
import { createLinkPages } from './linkPages.ts'
import { createLinkTokens } from './linkTokens.ts'
import { createOpening } from './opening.ts'

export type SharedLinks = ReturnType<typeof createSharedLinks>

/** Links by which a document can be read, with or without an account: what they say, and the pages that they open. */
export function createSharedLinks(deps: SharedLinksDependencies & { passwordsPerMinute: number }) {
  const { clock, secret, publicUrl, passwordsPerMinute } = deps
  const tokens = createLinkTokens(secret, publicUrl)
  const secure = publicUrl.startsWith('https:')
  const admission = createAdmission({ clock, tokens, perMinute: passwordsPerMinute, secure })
  return {
    commands: createLinkCommands(deps, tokens),
    pages: createLinkPages(deps, { opening: createOpening(deps, tokens), admission }),
  }
}
