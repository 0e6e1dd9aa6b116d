import type { Page } from '@playwright/test'

/** What the server refuses and says so: no right, gone, taken, too large, not as it should be, too often. */
const refusals = new Set([400, 403, 404, 409, 413, 415, 422, 429])

/** What went wrong in a page, each once with how often, and what was done just before it. */
export class Faults {
  readonly #found = new Map<string, { times: number; before: readonly string[] }>()

  get size(): number {
    return this.#found.size
  }

  add(what: string, before: readonly string[]): void {
    // The same fault of another document is the same fault.
    const alike = what.replace(/[A-Za-z0-9]{21,32}/g, '…').replace(/127\.0\.0\.1:\d+/g, '…')
    const known = this.#found.get(alike)
    if (known === undefined) this.#found.set(alike, { times: 1, before: [...before] })
    else known.times++
  }

  /** Listens to a page for as long as it is open. */
  watch(page: Page, name: string, before: () => readonly string[]): void {
    page.on('pageerror', (error) => this.add(`${name}: ${error.stack ?? error.message}`, before()))
    page.on('console', (message) => {
      // A refused request is written to the console by the browser; the request is looked at below.
      const isRefusal = message.text().startsWith('Failed to load resource')
      if (message.type() === 'error' && !isRefusal) this.add(`${name}: console: ${message.text()}`, before())
    })
    page.on('response', (response) => {
      const status = response.status()
      if (status < 400 || refusals.has(status)) return
      this.add(`${name}: ${response.request().method()} ${new URL(response.url()).pathname}: ${status}`, before())
    })
    page.on('requestfailed', (request) => {
      const reason = request.failure()?.errorText ?? ''
      // A page that is left gives up what it asked for.
      if (reason === 'net::ERR_ABORTED') return
      this.add(`${name}: ${request.method()} ${new URL(request.url()).pathname}: ${reason}`, before())
    })
  }

  /** For people: each fault, and the steps that led to the first of its kind. */
  toString(): string {
    const entries = [...this.#found].map(
      ([what, { times, before }]) => `✘ ${times} × ${what}\n    after: ${before.join(' → ')}`,
    )
    return entries.join('\n')
  }
}
