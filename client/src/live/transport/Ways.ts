/** A lane of the fallback, which is to its user what a WebSocket is. */
export interface LaneSocketLike extends EventTarget {
  readonly polls: boolean
  send(frame: Uint8Array): void
  close(): void
}

/** Rejects when the fallback cannot be had: its code does not load, or there is no token. */
export type OpenLane = (url: string) => Promise<LaneSocketLike>

/** By what a page's frames travel. `poll`: something on the way holds even streams back. */
export type Way = 'websocket' | 'stream' | 'poll'

const remembered = 'weft-websockets'

/** What a page knows of the ways to its server; that WebSockets are blocked outlives it, so that the next one is quick. */
export class Ways {
  readonly #openLane: OpenLane | null
  #blocked = remember() === 'blocked'
  by: Way = 'websocket'

  /** Null: WebSockets alone. */
  constructor(openLane: OpenLane | null) {
    this.#openLane = openLane
  }

  get webSocketsBlocked(): boolean {
    return this.#blocked
  }

  set webSocketsBlocked(blocked: boolean) {
    if (blocked === this.#blocked) return
    this.#blocked = blocked
    remember(blocked ? 'blocked' : null)
  }

  /** How to go round; null where that helps nobody: without a network, a server on this machine takes WebSockets. */
  laneOpener(): OpenLane | null {
    return navigator.onLine === false ? null : this.#openLane
  }
}

/** What this browser has noted, after noting `value` if one is given. Storage may be forbidden: then nothing is noted. */
function remember(value?: string | null): string | null {
  try {
    if (value === null) window.localStorage.removeItem(remembered)
    else if (value !== undefined) window.localStorage.setItem(remembered, value)
    return window.localStorage.getItem(remembered)
  } catch {
    return null
  }
}
