import { genericOAuth } from 'better-auth/plugins/generic-oauth'
import { twoFactor } from 'better-auth/plugins/two-factor'
import type { Config } from '../config/index.ts'
import { passkeyTable } from './passkeyTable.ts'

function singleSignOn({ oidc }: Config) {
  if (!oidc) return []
  const { id, name, discoveryUrl, clientId, clientSecret, scopes } = oidc
  return [
    genericOAuth({ config: [{ providerId: id, name, discoveryUrl, clientId, clientSecret, scopes, pkce: true }] }),
  ]
}

/** What the account library does beside passwords from the start on. Each costs memory at rest: no more than this. */
export const accountPlugins = (config: Config) => [
  // Codes of an app. It has codes by mail too, which are off as long as nobody says how to send them.
  twoFactor({ issuer: 'Weft' }),
  passkeyTable,
  ...singleSignOn(config),
]
