export interface ThreadQuestion<Q> {
  id: number
  question: Q
}

/** To the question with this id. */
export type ThreadAnswer<A, F> = { id: number; answer: A } | { id: number; failure: F }
