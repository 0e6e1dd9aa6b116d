import { seedUpdate } from '@weft/shared/text'
import * as Y from 'yjs'
import type { Target } from '../target.ts'
import { applyPatches, makeBodyText } from './bodyText.ts'
import { Participant } from './Participant.ts'
import type { Trace } from './trace.ts'

/** Updates on their way at once: so many that no commit waits for more. */
const window = 1_000
/** Between turns of the event loop, in which acknowledgements come in. */
const editsInATurn = 100

/** Types a history into the document, one update an edit; resolves with the seconds until all is acknowledged. */
export async function writeHistory(target: Target, { txns }: Trace): Promise<number> {
  const doc = new Y.Doc()
  // The same first bytes in both servers; Weft has them already.
  Y.applyUpdate(doc, seedUpdate('rich'))
  const author = await Participant.connect(target, doc)
  await author.join()
  const begun = performance.now()
  makeBodyText(doc)
  for (const [index, { patches }] of txns.entries()) {
    applyPatches(doc, patches)
    if (index % editsInATurn === 0) await turn()
    await author.acknowledged(window)
  }
  await author.acknowledged()
  const seconds = (performance.now() - begun) / 1000
  author.leave()
  return seconds
}

const turn = () => new Promise((resolve) => setImmediate(resolve))
