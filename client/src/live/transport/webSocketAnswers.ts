import type { Clock } from './Clock.ts'

/** Hocuspocus' words without a channel, one byte each: the server answers the first by the second, whoever asks. */
export const ping = Uint8Array.of(9)
export const isPong = (data: unknown): boolean => data instanceof ArrayBuffer && data.byteLength === 1

/** A WebSocket that takes longer than this would help nobody; milliseconds. */
const answerWithin = 10_000

/** Whether a WebSocket opens and brings an answer. It is closed again. */
export function webSocketAnswers(url: string, clock: Clock): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url)
    socket.binaryType = 'arraybuffer'
    const end = (answers: boolean) => {
      cancel()
      resolve(answers)
      socket.close()
    }
    const cancel = clock.after(answerWithin, () => end(false))
    socket.addEventListener('open', () => socket.send(ping))
    socket.addEventListener('message', () => end(true))
    socket.addEventListener('close', () => end(false))
  })
}
