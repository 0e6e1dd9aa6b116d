/** Why the server cannot start, in one sentence for the operator that says what to do. */
export class StartError extends Error {
  override readonly name = 'StartError'
}
