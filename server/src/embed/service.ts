import type { EmbedDependencies } from './dependencies.ts'
import { createKeys } from './keys.ts'
import { createOrigins } from './origins.ts'
import { createTokens } from './tokens.ts'

export type Embed = ReturnType<typeof createEmbed>

/** Ways into a workspace's documents from other people's servers and pages. */
export function createEmbed(deps: EmbedDependencies) {
  const keys = createKeys(deps)
  return { ...keys, ...createOrigins(deps), ...createTokens(deps, keys), signInOf: deps.signInOf }
}
