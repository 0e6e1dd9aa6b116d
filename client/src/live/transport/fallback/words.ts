/** What a page says to the hub that holds its browser's stream. One port is one lane. */
export type PageWord =
  /** `url` is the WebSocket's address; the token opens the stream if there is none. */
  | { type: 'open'; url: string; token: string }
  | { type: 'frame'; data: ArrayBuffer }
  | { type: 'pong' }
  | { type: 'close' }

/** What the hub says to a page. */
export type HubWord =
  /** `polls`: something on the way holds streams back. */
  | { type: 'opened'; polls: boolean }
  | { type: 'frame'; data: ArrayBuffer }
  | { type: 'ping' }
  | { type: 'closed'; code: number; reason: string }

/** The code of a lane that ended because WebSockets open again. */
export const gaveWay = 4000
