import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from '@playwright/test'
import Provider from 'oidc-provider'
import { freePort } from '../scripts/freePort.ts'
import { WeftServer } from './harness/weftServer.ts'

test('the first person signs in by the provider that the installation trusts, and owns it', async ({ page }) => {
  const identity = createServer()
  identity.listen(0, '127.0.0.1')
  await once(identity, 'listening')
  const issuer = `http://127.0.0.1:${(identity.address() as AddressInfo).port}`
  // The provider knows where it sends people back to before Weft starts.
  const port = await freePort()
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'weft',
        client_secret: 'shared',
        redirect_uris: [`http://127.0.0.1:${port}/api/auth/callback/oidc`],
      },
    ],
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
    claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'] },
    findAccount: (_, id) => ({
      accountId: id,
      claims: async () => ({ sub: id, name: 'Ann Weaver', email: 'ann@weft.example', email_verified: true }),
    }),
  })
  identity.on('request', provider.callback())
  const server = await WeftServer.start(
    {
      OIDC_DISCOVERY_URL: `${issuer}/.well-known/openid-configuration`,
      OIDC_CLIENT_ID: 'weft',
      OIDC_CLIENT_SECRET: 'shared',
      OIDC_NAME: 'The company',
    },
    port,
  )
  try {
    await page.goto(`${server.url}/sign-in`)
    await page.getByRole('button', { name: 'Go on with The company' }).click()
    // The provider's own pages: who one is, and whether Weft may know.
    await page.getByPlaceholder('Enter any login').fill('ann')
    await page.getByPlaceholder('and password').fill('anything')
    await page.getByRole('button', { name: 'Sign-in' }).click()
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.waitForURL(`${server.url}/**`)
    await expect(page.getByLabel('Name of the workspace').or(page.getByRole('textbox')).first()).toBeVisible()
    const me = await page.request.get(`${server.url}/api/v1/me`)
    expect(await me.json()).toMatchObject({ name: 'Ann Weaver', ownsInstallation: true })
  } finally {
    identity.closeAllConnections()
    identity.close()
    await server.dispose()
  }
})
