import { answerQuestions, messageOf } from '../kit/threads/index.ts'
import { type PackedUpdates, unpackUpdates } from './packedUpdates.ts'
import { plainText } from './plainText.ts'

/** A stored document, its updates in one buffer. */
export interface PackedText {
  snapshot: Uint8Array | null
  updates: PackedUpdates
}

answerQuestions(
  ({ snapshot, updates }: PackedText) => plainText({ snapshot, updates: unpackUpdates(updates) }),
  messageOf,
)
