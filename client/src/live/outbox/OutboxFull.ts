/** More than anybody does by hand in a week without a network; each one is read at every start. */
export const mostCommands = 1_000

/** The outbox has as many commands as it takes. */
export class OutboxFull extends Error {
  constructor() {
    super(`${mostCommands} commands wait`)
    this.name = 'OutboxFull'
  }
}
