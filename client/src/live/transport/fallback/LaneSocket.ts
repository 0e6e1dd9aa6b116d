import type { HubWord, PageWord } from './words.ts'

/** The page's end of a lane: what it is to a WebSocket, `open`, `message` and `close` included. */
export class LaneSocket extends EventTarget {
  readonly #port: MessagePort
  #open = false
  #closed = false
  #polls = false

  constructor(port: MessagePort, url: string, token: string) {
    super()
    this.#port = port
    port.addEventListener('message', (event: MessageEvent<HubWord>) => this.#heard(event.data))
    port.start()
    this.#say({ type: 'open', url, token })
    // A page that is gone, or kept for the way back, is not here.
    window.addEventListener('pagehide', this.#leave)
  }

  /** Something on the way holds streams back, so that this asks again and again. */
  get polls(): boolean {
    return this.#polls
  }

  send(frame: Uint8Array): void {
    if (!this.#open) return
    const data = frame.slice().buffer
    this.#say({ type: 'frame', data }, [data])
  }

  close(): void {
    this.#say({ type: 'close' })
    this.end(1005, '')
  }

  /** Over, whatever the hub says. */
  end(code: number, reason: string): void {
    if (this.#closed) return
    this.#closed = true
    this.#open = false
    window.removeEventListener('pagehide', this.#leave)
    this.#port.close()
    this.dispatchEvent(new CloseEvent('close', { code, reason }))
  }

  #leave = (): void => this.close()

  #heard(word: HubWord): void {
    if (this.#closed) return
    switch (word.type) {
      case 'opened':
        this.#open = true
        this.#polls = word.polls
        this.dispatchEvent(new Event('open'))
        break
      case 'frame':
        this.dispatchEvent(new MessageEvent('message', { data: word.data }))
        break
      case 'ping':
        this.#say({ type: 'pong' })
        break
      case 'closed':
        this.end(word.code, word.reason)
        break
    }
  }

  #say(word: PageWord, transfer: Transferable[] = []): void {
    if (!this.#closed) this.#port.postMessage(word, transfer)
  }
}
