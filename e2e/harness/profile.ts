import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, BrowserType, LaunchOptions, Page } from '@playwright/test'
import { emailOf, type Person, password } from './people.ts'

/** A browser profile on disk: closed and opened again, it is the same person's browser, process and all. */
export class Profile {
  readonly #chromium: BrowserType
  readonly #options: LaunchOptions
  readonly #directory: string
  #context: BrowserContext | null = null

  private constructor(chromium: BrowserType, options: LaunchOptions, directory: string) {
    this.#chromium = chromium
    this.#options = options
    this.#directory = directory
  }

  static async create(chromium: BrowserType, options: LaunchOptions): Promise<Profile> {
    return new Profile(chromium, options, await mkdtemp(join(tmpdir(), 'weft-profile-')))
  }

  /** Starts the browser; its one page. */
  async open(): Promise<Page> {
    this.#context = await this.#chromium.launchPersistentContext(this.#directory, this.#options)
    return this.#context.pages()[0] ?? (await this.#context.newPage())
  }

  get context(): BrowserContext {
    if (this.#context === null) throw new Error('the browser is closed')
    return this.#context
  }

  /** Ends the browser's process; the profile stays. */
  async close(): Promise<void> {
    await this.#context?.close()
    this.#context = null
  }

  async dispose(): Promise<void> {
    await this.close()
    await rm(this.#directory, { recursive: true, force: true })
  }
}

/** Signs in by the form, as people do: the cookie survives the browser's end then. */
export async function signIn(page: Page, url: string, person: Person): Promise<void> {
  await page.goto(`${url}/sign-in`)
  await page.getByLabel('E-mail').fill(emailOf(person.name))
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByTestId('account').waitFor()
}

/** The application is on the device, and serves this page. */
export async function onDevice(page: Page): Promise<void> {
  await page.waitForFunction(async () => {
    await navigator.serviceWorker.ready
    return navigator.serviceWorker.controller !== null
  })
}

/** What the device holds beside texts, as JSON: lists, and what is kept. */
export const storedLists = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const found: unknown[] = []
    for (const { name = '' } of await indexedDB.databases()) {
      if (!name.startsWith('weft-offline-')) continue
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name)
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
      const stores = [...database.objectStoreNames]
      const transaction = database.transaction(stores)
      for (const store of stores) {
        const rows = transaction.objectStore(store).getAll()
        await new Promise((resolve) => rows.addEventListener('success', resolve))
        found.push(rows.result)
      }
      database.close()
    }
    return JSON.stringify(found)
  })
