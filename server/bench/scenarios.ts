export interface Scenario {
  name: string
  documents: number
  /** In each document, writers included. */
  clients: number
  writers: number
  /** Edits a second of one writer. */
  rate: number
  /** Of measuring, after `warmUp` seconds of the same load. */
  seconds: number
  warmUp: number
  /** How many times plain and Weft are run one after the other. */
  pairs: number
  /** Whether every client says who it is, and repeats it every 15 s as providers do. */
  awareness: boolean
}

/**
 * A start costs once what a server does not pay again: compiled code, the thread that folds `room`'s document after
 * 500 edits. The warm-up leaves that behind.
 */
const load = { seconds: 5, warmUp: 7, pairs: 2, awareness: false }

/** The loads that have a name; `pnpm bench <name>` runs them with any number changed by an option. */
export const scenarios: Record<string, Scenario> = {
  room: { ...load, name: 'room', documents: 1, clients: 200, writers: 10, rate: 10 },
  edits: { ...load, name: 'edits', documents: 100, clients: 4, writers: 2, rate: 10 },
  idle: {
    ...load,
    name: 'idle',
    documents: 1000,
    clients: 10,
    writers: 0,
    rate: 0,
    seconds: 5,
    pairs: 1,
    awareness: true,
  },
  hall: { ...load, name: 'hall', documents: 1, clients: 1000, writers: 10, rate: 10 },
  desks: { ...load, name: 'desks', documents: 250, clients: 4, writers: 4, rate: 10 },
  carets: { ...load, name: 'carets', documents: 10, clients: 20, writers: 10, rate: 10, awareness: true },
}

/** What `pnpm bench` runs when nothing is named: the loads that the targets speak of, in about three minutes. */
export const usual = ['room', 'edits', 'idle']

export const editsPerSecond = (scenario: Scenario): number => scenario.documents * scenario.writers * scenario.rate
export const connections = (scenario: Scenario): number => scenario.documents * scenario.clients
