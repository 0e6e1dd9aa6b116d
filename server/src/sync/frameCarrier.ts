import type { VerifiedToken } from '../auth/index.ts'

/** Who is at this end of a carrier. */
export interface CarrierEnd {
  /** One frame; null for what is none (a text message). */
  received(frame: Uint8Array | null): void
  /** The answer to a ping. */
  answered(): void
  /** The carrier is gone; may be told more than once. */
  gone(): void
}

/** What brings one client's frames here and back, in order and each once: a WebSocket, or a lane of the fallback. */
export interface FrameCarrier {
  readonly isOpen: boolean
  /** Bytes that were sent and that the network has not taken yet. */
  readonly bufferedBytes: number
  /** Whether a token may be used over it [ACCESS-4]. */
  mayCarry(token: VerifiedToken): boolean
  /** Sends one frame, of two parts. */
  send(address: Uint8Array, body: Uint8Array): void
  ping(): void
  /** Says why, and ends; a client that does not answer is not waited for. */
  close(code: number, reason: string): void
  /** Ends at once: nobody reads at the other end, or what was sent does not leave. */
  cut(): void
  attach(end: CarrierEnd): void
}
