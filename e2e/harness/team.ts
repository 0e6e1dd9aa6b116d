import { type BrowserContext, test as base, expect as baseExpect, type Page } from '@playwright/test'
import { freePort } from '../../scripts/freePort.ts'
import { FrontProxy } from './frontProxy.ts'
import { Nginx, type NginxSetup } from './nginx.ts'
import { Person } from './people.ts'
import { WeftServer } from './weftServer.ts'

/** Ann owns the installation and one workspace with one document; Ben is a member. */
export interface Team {
  server: WeftServer
  /** Before the server, with `test.use({ behindProxy: true })`; everything goes through it. */
  proxy: FrontProxy | null
  /** Before both, with `test.use({ behindNginx: … })`. */
  nginx: Nginx | null
  ann: Person
  ben: Person
  workspaceId: string
  documentId: string
  /** Opens the document in a browser profile of its own. */
  open(person: Person): Promise<{ context: BrowserContext; page: Page }>
  path: string
}

interface Options {
  env: Record<string, string>
  behindProxy: boolean
  behindNginx: NginxSetup | null
  /** The file that starts the server, where it is not the real one: see weftServer.ts. */
  entry: string | undefined
}

export const test = base.extend<Options & { team: Team }>({
  env: [{}, { option: true }],
  behindProxy: [false, { option: true }],
  // `WEFT_E2E_PROXY=nginx` before the command runs all teams through one that passes no upgrades on.
  behindNginx: [process.env.WEFT_E2E_PROXY === 'nginx' ? 'no-upgrades' : null, { option: true }],
  entry: [undefined, { option: true }],
  team: async ({ browser, env, behindProxy, behindNginx, entry }, use) => {
    const port = await freePort()
    const proxy = behindProxy ? await FrontProxy.start(port) : null
    const nginx = behindNginx === null ? null : await Nginx.start(behindNginx, proxy?.port ?? port)
    const front = nginx ?? proxy
    const server = await WeftServer.start(front === null ? env : { ...env, PUBLIC_URL: front.url }, port, entry)
    const ann = await Person.signUp(server, 'Ann')
    const workspace = await ann.call('POST', '/workspaces', { name: 'Looms' })
    const workspaceId = workspace.id ?? ''
    const invite = await ann.call('POST', `/workspaces/${workspaceId}/invites`, { role: 'member' })
    const ben = await Person.signUp(server, 'Ben', invite.token)
    await ben.call('POST', '/invites/accept', { token: invite.token })
    const document = await ann.call('POST', `/workspaces/${workspaceId}/documents`, { title: 'Warp and weft' })
    const documentId = document.id ?? ''
    const path = `/w/${workspaceId}/d/${documentId}`
    const contexts: BrowserContext[] = []
    const open = async (person: Person) => {
      const context = await person.openBrowser(browser)
      contexts.push(context)
      const page = await context.newPage()
      await page.goto(path)
      await body(page).waitFor()
      return { context, page }
    }
    await use({ server, proxy, nginx, ann, ben, workspaceId, documentId, open, path })
    await Promise.all(contexts.map((context) => context.close()))
    await server.dispose()
    await nginx?.stop()
    await proxy?.stop()
  },
})
export { expect } from '@playwright/test'

/** Somebody more, who has joined the workspace. */
export async function join(team: Team, name: string, role: 'member' | 'guest' = 'member'): Promise<Person> {
  const invite = await team.ann.call('POST', `/workspaces/${team.workspaceId}/invites`, { role })
  const person = await Person.signUp(team.server, name, invite.token)
  await person.call('POST', '/invites/accept', { token: invite.token })
  return person
}

/** The two fields of the editor and the word about the state of one's text. */
export const body = (page: Page) => page.getByRole('textbox', { name: 'Text', exact: true })
export const title = (page: Page) => page.getByRole('textbox', { name: 'Title', exact: true })
export const saveWord = (page: Page) => page.getByTestId('save-word')

/** Puts the caret at the end of the text and types, as a person would. */
export async function write(page: Page, text: string): Promise<void> {
  await body(page).click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(text)
}

/**
 * Presses the keys of undo or redo until what they should bring is there: on a busy machine, what was typed in one go
 * is several steps.
 */
export const pressUntil = (page: Page, keys: string, check: (waiting: { timeout: number }) => Promise<void>) =>
  baseExpect(async () => {
    await page.keyboard.press(keys)
    await check({ timeout: 1_000 })
  }).toPass()

export const expectSaved = (page: Page) => baseExpect(saveWord(page)).toHaveText('Saved')
