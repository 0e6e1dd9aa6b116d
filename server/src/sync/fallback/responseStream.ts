import type { ServerResponse } from 'node:http'
import type { DownStream } from './fallbackSession.ts'

const headers = {
  'content-type': 'text/event-stream',
  // A proxy that compresses or alters would collect first.
  'cache-control': 'no-store, no-transform',
  // Asks nginx, and those who follow it, to pass on what comes as it comes.
  'x-accel-buffering': 'no',
}

/** The answer to a request, as the place where a session's events go. */
export class ResponseStream implements DownStream {
  readonly #response: ServerResponse

  /** `brokenOff` is called once the answer has ended from either side. */
  constructor(response: ServerResponse, brokenOff: () => void) {
    this.#response = response
    response.on('close', brokenOff)
  }

  get bufferedBytes(): number {
    return this.#response.writableLength
  }

  write(text: string): void {
    if (!this.#response.headersSent) this.#response.writeHead(200, headers)
    this.#response.write(text)
  }

  end(): void {
    if (this.#response.headersSent || this.#response.destroyed) this.#response.end()
    else this.#response.writeHead(200, headers).end()
  }

  destroy(): void {
    this.#response.destroy()
  }
}
