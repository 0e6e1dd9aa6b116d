import { bounds } from './bounds.ts'
import type { ClientFrame } from './frames.ts'

/** Frames that came before their channel was open, in order and bounded. */
export class WaitingFrames {
  #frames: ClientFrame[] = []
  #bytes = 0

  /** False when no more may wait. */
  push(frame: ClientFrame): boolean {
    const kept = copied(frame)
    this.#bytes += sizeOf(kept)
    this.#frames.push(kept)
    return this.#frames.length <= bounds.waitingFrames && this.#bytes <= bounds.waitingBytes
  }

  shift(): ClientFrame | undefined {
    const frame = this.#frames.shift()
    // For most of a session's time nothing waits: the room of a queue that is empty is let go.
    if (frame === undefined) this.clear()
    else this.#bytes -= sizeOf(frame)
    return frame
  }

  /** Whether one asks for a text of which its client has nothing. */
  get askForAll(): boolean {
    return this.#frames.some((frame) => frame.type === 'sync-step-1' && isEmptyVector(frame.stateVector))
  }

  clear(): void {
    this.#frames = []
    this.#bytes = 0
  }
}

/** A frame's bytes are views of what the socket read, which may be much larger. */
function copied(frame: ClientFrame): ClientFrame {
  if ('update' in frame) return { ...frame, update: frame.update.slice() }
  if ('stateVector' in frame) return { ...frame, stateVector: frame.stateVector.slice() }
  return frame
}

function sizeOf(frame: ClientFrame): number {
  if ('update' in frame) return frame.update.length
  return 'stateVector' in frame ? frame.stateVector.length : 0
}

const isEmptyVector = (stateVector: Uint8Array): boolean => stateVector.length === 1 && stateVector[0] === 0
