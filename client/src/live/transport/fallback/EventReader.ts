/** One server-sent event, as far as the server uses them. */
export interface ServerEvent {
  id: number
  data: string
}

/** Puts events together from what arrives, however it is cut. An event whose end did not come is none. */
export class EventReader {
  #rest = ''
  readonly #decoder = new TextDecoder()

  /** The events that are complete with this chunk. Throws for one that is not of the server's form. */
  push(chunk: Uint8Array): ServerEvent[] {
    const text = this.#rest + this.#decoder.decode(chunk, { stream: true })
    const blocks = text.split('\n\n')
    this.#rest = blocks.pop() ?? ''
    return blocks.filter((block) => !block.startsWith(':')).map(readEvent)
  }
}

function readEvent(block: string): ServerEvent {
  const [first = '', second = ''] = block.split('\n')
  if (!/^id: \d+$/.test(first) || !second.startsWith('data: ')) throw new Error('not an event of this server')
  return { id: Number(first.slice(4)), data: second.slice(6) }
}

/** The bytes of an event's data; throws for what is no base64. */
export function eventBytes(data: string): Uint8Array {
  const binary = atob(data)
  const bytes = new Uint8Array(binary.length)
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i)
  return bytes
}
