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
  /** Pages join the presence of as many workspaces, which the documents are in by turns; 0: their document alone. */
  workspaces: number
  /** How often a second each writer's caret moves, beside the edits. */
  moves: number
  /** How the server is ended under its pages, and started again; null: it is not. */
  restart: 'SIGTERM' | 'SIGKILL' | null
}

/**
 * A start costs once what a server does not pay again: compiled code, the thread that folds `room`'s document after
 * 500 edits. The warm-up leaves that behind.
 */
const load = { seconds: 5, warmUp: 7, pairs: 2, awareness: false, workspaces: 0, moves: 0, restart: null } as const
/** A thousand people in one document of one workspace. */
const assembly = { ...load, documents: 1, clients: 1000, workspaces: 1, awareness: true, pairs: 1 } as const

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
  crowd: {
    ...load,
    name: 'crowd',
    documents: 1000,
    clients: 10,
    writers: 0,
    rate: 0,
    // Two rounds of what each page says again every 15 s.
    seconds: 30,
    pairs: 1,
    awareness: true,
    workspaces: 100,
  },
  assembly: { ...assembly, name: 'assembly', writers: 10, rate: 2, moves: 2, seconds: 15 },
  restart: { ...assembly, name: 'restart', writers: 0, rate: 0, seconds: 2, warmUp: 0, restart: 'SIGTERM' },
  kill: { ...assembly, name: 'kill', writers: 0, rate: 0, seconds: 2, warmUp: 0, restart: 'SIGKILL' },
  carets: { ...load, name: 'carets', documents: 10, clients: 20, writers: 10, rate: 10, awareness: true },
}

/** What `pnpm bench` runs when nothing is named: the loads that the targets speak of, in about three minutes. */
export const usual = ['room', 'edits', 'idle']

/** Several loads under one name. */
export const groups: Record<string, readonly string[]> = { people: ['idle', 'crowd', 'assembly', 'restart', 'kill'] }

export const editsPerSecond = (scenario: Scenario): number => scenario.documents * scenario.writers * scenario.rate
export const movesPerSecond = (scenario: Scenario): number => scenario.documents * scenario.writers * scenario.moves
export const connections = (scenario: Scenario): number => scenario.documents * scenario.clients
