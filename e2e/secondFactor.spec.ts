import AxeBuilder from '@axe-core/playwright'
import type { CDPSession, Page } from '@playwright/test'
import { totp, wrongTotp } from '../server/test/totp.ts'
import { password } from './harness/people.ts'
import { expect, type Team, test } from './harness/team.ts'

async function expectNoViolation(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
}

async function signIn(page: Page, team: Team): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('E-mail').fill(team.ben.email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

async function signOut(page: Page): Promise<void> {
  await page.goto('/settings')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.waitForURL(/sign-in/)
}

const expectIn = (page: Page) => page.getByRole('heading', { name: 'Looms' }).waitFor()

test('a code of the app, or a backup code, is asked for beside the password, but not on a device that is remembered', async ({
  team,
  browser,
}) => {
  const own = await team.ben.openBrowser(browser, { viewport: { width: 360, height: 740 }, reducedMotion: 'reduce' })
  const page = await own.newPage()
  await page.goto('/settings/account')
  await page.getByRole('button', { name: 'Turn on…' }).click()
  const dialog = page.getByRole('dialog')
  const enter = async (secret: string, button: string) => {
    await dialog.getByLabel('Password').fill(secret)
    await dialog.getByRole('button', { name: button }).click()
  }
  await enter('not my password', 'Next')
  await expect(dialog.getByText('This is not your password.')).toBeVisible()
  await own.setOffline(true)
  await enter(password, 'Next')
  await expect(dialog.getByRole('alert')).toContainText('cannot be reached')
  await own.setOffline(false)
  await enter(password, 'Next')
  await expect(dialog.getByRole('img', { name: 'QR code for your app' })).toBeVisible()
  const secret = (await dialog.getByTestId('two-factor-secret').textContent()) ?? ''
  await expectNoViolation(page)
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
  await dialog.getByLabel('Code', { exact: true }).fill(wrongTotp(secret))
  await dialog.getByLabel('Code', { exact: true }).press('Enter')
  await expect(dialog.getByText('This code is not right.')).toBeVisible()
  await dialog.getByLabel('Code', { exact: true }).fill(totp(secret))
  await dialog.getByLabel('Code', { exact: true }).press('Enter')
  const codes = dialog.getByRole('list', { name: 'Backup codes' }).getByRole('listitem')
  await expect(codes).toHaveCount(10)
  const backup = (await codes.first().textContent()) ?? ''
  await expectNoViolation(page)
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Download' }).click(),
  ])
  expect(file.suggestedFilename()).toBe('weft-backup-codes.txt')
  await dialog.getByRole('button', { name: 'I have kept them' }).click()
  await expect(page.getByTestId('two-factor')).toContainText('You have 10 backup codes left')

  const other = await browser.newContext({ baseURL: team.server.url, reducedMotion: 'reduce' })
  const there = await other.newPage()
  await signIn(there, team)
  await expect(there.getByRole('heading', { name: 'One more step' })).toBeVisible()
  await expectNoViolation(there)
  await there.getByLabel('Code', { exact: true }).fill(wrongTotp(secret))
  await there.keyboard.press('Enter')
  await expect(there.getByText('This code is not right.')).toBeVisible()
  await there.getByRole('button', { name: 'Use a backup code' }).click()
  await there.getByLabel('Backup code').fill(backup.replace('-', ' '))
  await there.keyboard.press('Enter')
  await expectIn(there)
  await signOut(there)
  await signIn(there, team)
  await there.getByRole('switch', { name: 'Ask for no code' }).click()
  await there.getByLabel('Code', { exact: true }).fill(totp(secret))
  await there.keyboard.press('Enter')
  await expectIn(there)
  await signOut(there)
  await signIn(there, team)
  await expectIn(there)

  await page.getByRole('button', { name: 'Turn off…' }).click()
  await enter(password, 'Turn off')
  await expect(page.getByTestId('two-factor')).toContainText('Off.')
  await other.close()
  await own.close()
})

interface Authenticator {
  /** Whoever holds it says who they are, from now on, or does not. */
  verifies(verified: boolean): Promise<void>
  keys(): Promise<number>
}

/** A device that keeps passkeys, of Chromium itself. */
async function authenticatorOf(page: Page): Promise<Authenticator> {
  const session: CDPSession = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return {
    verifies: async (isUserVerified) => {
      await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified })
    },
    keys: async () => (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials.length,
  }
}

/** Signs in as a hostile page would that has somebody's device, and not the person. */
const enterUnasked = (page: Page): Promise<unknown[]> =>
  page.evaluate(async () => {
    const asked = await fetch('/api/auth/passkey/generate-authenticate-options')
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON({
      ...(await asked.json()),
      userVerification: 'discouraged',
    })
    const credential = await navigator.credentials.get({ publicKey })
    if (!(credential instanceof PublicKeyCredential)) throw new Error('no passkey')
    const answer = await fetch('/api/auth/passkey/verify-authentication', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ response: credential.toJSON() }),
    })
    return [answer.status, (await answer.json()).id]
  })

test('a passkey is added with a name and lets one in without a password, until it is removed', async ({
  team,
  browser,
}) => {
  // Browsers know passkeys for names, not for addresses.
  const context = await browser.newContext({
    baseURL: team.server.url.replace('127.0.0.1', 'localhost'),
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const device = await authenticatorOf(page)
  await signIn(page, team)
  await expectIn(page)
  await page.goto('/settings/account')
  await page.getByRole('button', { name: 'Add a passkey…' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByLabel('Name')).toHaveValue('Chrome on Linux')
  await expectNoViolation(page)
  await dialog.getByLabel('Name').fill('')
  await dialog.getByRole('button', { name: 'Add' }).click()
  await expect(dialog.getByText('Give it a name.')).toBeVisible()
  await dialog.getByLabel('Name').fill('Work laptop')
  await device.verifies(false)
  await dialog.getByRole('button', { name: 'Add' }).click()
  await expect(dialog.getByText('No passkey was made.')).toBeVisible()
  await device.verifies(true)
  await dialog.getByRole('button', { name: 'Add' }).click()
  const list = page.getByTestId('passkeys').getByRole('listitem')
  await expect(list).toHaveCount(1)
  expect(await device.keys()).toBe(1)
  await page.getByRole('button', { name: 'Add a passkey…' }).click()
  await dialog.getByRole('button', { name: 'Add' }).click()
  await expect(dialog.getByText('has a passkey for your account already')).toBeVisible()
  await dialog.getByRole('button', { name: 'Close' }).click()
  await page.getByRole('button', { name: 'Rename Work laptop' }).click()
  await dialog.getByLabel('Name').fill('Laptop')
  await dialog.getByRole('button', { name: 'Rename' }).click()
  await expect(list).toContainText('Laptop')
  await expectNoViolation(page)

  await signOut(page)
  const withPasskey = page.getByRole('button', { name: 'Sign in with a passkey' })
  await expect(withPasskey).toBeVisible()
  await expectNoViolation(page)
  // A key that did not ask who holds it is refused by the server too, whatever a page asked the device for.
  await device.verifies(false)
  expect(await enterUnasked(page)).toEqual([403, 'not-permitted'])
  await device.verifies(true)
  await withPasskey.click()
  await expectIn(page)

  await page.goto('/settings/account')
  await page.getByRole('button', { name: 'Remove Laptop' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click()
  await expect(list).toHaveCount(0)
  await signOut(page)
  await withPasskey.click()
  await expect(page.getByText('This passkey belongs to no account here.')).toBeVisible()
  await context.close()
})
