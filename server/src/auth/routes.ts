import { api, openApi } from '../kit/http/api.ts'
import type { Auth } from './createAuth.ts'

/** The calls of `authContract`. */
export const authRoutes = (auth: Auth) => ({
  me: api.auth.me.handler(async ({ context }) => ({
    ...context.account,
    settings: await auth.settings(context.account.id),
  })),
  changeSettings: api.auth.changeSettings.handler(({ context, input }) =>
    auth.changeSettings(context.account.id, input),
  ),
  setPicture: api.auth.setPicture.handler(({ context, input }) => auth.setPicture(context.account.id, input.data)),
  clearPicture: api.auth.clearPicture.handler(({ context }) => auth.setPicture(context.account.id, null)),
  security: api.auth.security.handler(async ({ context }) =>
    auth.devices.security(context.account.id, await auth.devices.sessionOf(context.request)),
  ),
  signOutDevice: api.auth.signOutDevice.handler(async ({ context, input }) => {
    const current = await auth.devices.sessionOf(context.request)
    await auth.devices.signOut(context.account.id, input.id)
    return auth.devices.security(context.account.id, current)
  }),
  signOutOthers: api.auth.signOutOthers.handler(async ({ context }) => {
    const current = await auth.devices.sessionOf(context.request)
    await auth.devices.signOutOthers(context.account.id, current)
    return auth.devices.security(context.account.id, current)
  }),
  signUpState: openApi.auth.signUpState.handler(() => auth.signUpState()),
})

/** The calls of `syncContract`: tokens are made here, where they are checked. */
export const syncTokenRoutes = (auth: Auth) => ({
  token: api.sync.token.handler(async ({ context }) =>
    auth.tokens.issue(context.account.id, await auth.devices.sessionOf(context.request)),
  ),
})
