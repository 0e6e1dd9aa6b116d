import { api, openApi } from '../kit/http/api.ts'
import type { Auth } from './createAuth.ts'

/** The calls of `authContract`. */
export const authRoutes = (auth: Auth) => ({
  me: api.auth.me.handler(({ context }) => context.account),
  signUpState: openApi.auth.signUpState.handler(() => auth.signUpState()),
})

/** The calls of `syncContract`: tokens are made here, where they are checked. */
export const syncTokenRoutes = (auth: Auth) => ({
  token: api.sync.token.handler(({ context }) => auth.tokens.issue(context.account.id)),
})
