import { must } from '@weft/shared/kit'
import type { Histogram } from '../histogram.ts'
import type { Target } from '../target.ts'
import { bodyText, textOf } from './bodyText.ts'
import { Participant } from './Participant.ts'

export interface Opening {
  /** From the join to the text in the client's `Y.Doc`, in ms: out of the database, and out of memory. */
  cold: number
  warm: number
  /** Resident memory of a server that has just started, and with the document open in two clients. MB. */
  memoryBefore: number
  memoryOpen: number
}

/** After a start, until what a process does once is done. */
const settleMs = 1_500

/** Restarts a server and opens the document twice; `text` is what it must say. */
export async function openAgain(target: Target, text: string): Promise<Opening> {
  await target.restart('SIGTERM')
  await new Promise((resolve) => setTimeout(resolve, settleMs))
  const memoryBefore = target.process.memory.rss
  const first = await Participant.connect(target)
  const cold = await first.join()
  if (textOf(first.doc) !== text) throw new Error(`${target.name} opened another text than was written`)
  const second = await Participant.connect(target)
  const warm = await second.join()
  await second.acknowledged()
  const memoryOpen = target.process.memory.rss
  first.leave()
  second.leave()
  return { cold, warm, memoryBefore, memoryOpen }
}

/** Types `keys` characters all over the document, and takes them back: the ms until each is acknowledged. */
export async function typeInto(target: Target, keys: number, random: () => number, into: Histogram): Promise<void> {
  const author = await Participant.connect(target)
  await author.join()
  await author.acknowledged()
  const text = must(bodyText(author.doc), 'the text of the history')
  for (let key = 0; key < keys; key++) {
    const at = Math.floor(random() * text.length)
    for (const change of [() => text.insert(at, 'x'), () => text.delete(at, 1)]) {
      await new Promise((resolve) => setTimeout(resolve, 20 + 20 * random()))
      const begun = performance.now()
      change()
      await author.acknowledged()
      into.record(performance.now() - begun)
    }
  }
  author.leave()
}
