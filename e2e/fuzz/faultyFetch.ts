/** What may happen to one request. */
export const faults = [
  'none',
  'lose-request',
  'lose-answer',
  'repeat',
  'repeat-late',
  'delay',
  'delay-answer',
  'proxy-error',
] as const
export type Fault = (typeof faults)[number]

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const lost = () => new TypeError('fetch failed')

/** `fetch` over a network that loses, repeats, delays and reorders, as `next` says for each request. */
export class FaultyFetch {
  readonly #fetch: typeof fetch
  readonly #next: () => Fault
  /** What nobody waits for any more, and still may arrive. */
  readonly #astray = new Set<Promise<unknown>>()

  constructor(send: typeof fetch, next: () => Fault) {
    this.#fetch = send
    this.#next = next
  }

  readonly fetch = async (request: Request): Promise<Response> => {
    switch (this.#next()) {
      case 'lose-request':
        throw lost()
      case 'lose-answer':
        await this.#fetch(request)
        throw lost()
      case 'repeat':
        this.#stray(this.#fetch(request.clone()))
        return this.#fetch(request)
      case 'repeat-late': {
        const copy = request.clone()
        this.#stray(pause(60).then(() => this.#fetch(copy)))
        return this.#fetch(request)
      }
      case 'delay':
        await pause(15)
        return this.#fetch(request)
      case 'delay-answer': {
        const response = await this.#fetch(request)
        await pause(15)
        return response
      }
      case 'proxy-error':
        return new Response('<h1>Bad gateway</h1>', { status: 403, headers: { 'content-type': 'text/html' } })
      default:
        return this.#fetch(request)
    }
  }

  /** Resolves when nothing is on its way any more. */
  async settle(): Promise<void> {
    while (this.#astray.size > 0) await Promise.all(this.#astray)
  }

  #stray(sent: Promise<unknown>): void {
    const quiet = sent.then(
      () => undefined,
      () => undefined,
    )
    this.#astray.add(quiet)
    void quiet.then(() => this.#astray.delete(quiet))
  }
}
