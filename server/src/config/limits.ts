/**
 * Every bound that an operator may change, with its unit, its default and where that number comes from. The variable
 * of `socketsPerUser` is `LIMIT_SOCKETS_PER_USER`. Nothing is bounded per address by default but guesses at passwords:
 * a team behind one router has one address.
 */
export const limitTable = {
  socketsPerUser: { default: 64, unit: 'sockets', why: 'Each open page has one; more than this is a loop.' },
  frameBytes: {
    default: 16 << 20,
    unit: 'bytes',
    why: 'The largest Markdown that is imported (2 million characters, up to 6 MB) with room for its structure.',
  },
  framesPerSecond: {
    default: 400,
    unit: 'frames a second and socket',
    why: 'Typing and a caret make 20; a hundred channels that rejoin at once make 300.',
  },
  bytesPerSecond: {
    default: 4 << 20,
    unit: 'bytes a second and socket, averaged over ten seconds',
    why: 'A large paste every few seconds; above it one person fills the disk of a small machine in hours.',
  },
  editsPerSecond: {
    default: 200,
    unit: 'document updates a second and socket',
    why: 'A held key repeats 30 times a second; undo and paste are one update each.',
  },
  channelsPerSocket: {
    default: 100,
    unit: 'channels',
    why: 'Documents with unsent edits join beside those on screen.',
  },
  awarenessBytes: {
    default: 8 << 10,
    unit: 'bytes a state',
    why: 'A caret, a selection and a view are below 1 KB; every reader gets it.',
  },
  documentBytes: {
    default: 64 << 20,
    unit: 'bytes of stored text',
    why: 'Forty times a novel with its history; a page that opens it still answers.',
  },
  workspaceBytes: {
    default: 10 * 2 ** 30,
    unit: 'bytes of stored text, history and trash included',
    why: 'A thousand times what a busy team types in a year, its undo and history with it.',
  },
  unjournalledBytes: {
    default: 64 << 20,
    unit: 'bytes in the process',
    why: '[SAVE-4] What may wait in memory while the disk does not take it.',
  },
  bufferedBytes: {
    default: 4 << 20,
    unit: 'bytes a socket',
    why: '[LIMIT-2] A reader that is this far behind does not read.',
  },
  httpRequestsPerMinute: {
    default: 1_200,
    unit: 'requests a minute and person',
    why: 'A page makes a dozen when it opens, and one for each changed list.',
  },
  httpBodyBytes: {
    default: 8 << 20,
    unit: 'bytes',
    why: 'The largest Markdown that is imported, escaped as JSON.',
  },
  fileBytes: {
    default: 10 << 20,
    unit: 'bytes a file',
    why: 'Pages make photographs smaller before they send them; an animation or a screenshot is below this.',
  },
  workspaceFileBytes: {
    default: 20 * 2 ** 30,
    unit: 'bytes of files, those of the trash included',
    why: 'Some 50,000 pictures as pages send them.',
  },
  filesPerMinute: {
    default: 300,
    unit: 'files a minute and person',
    why: 'An imported folder sends four at a time; faster than this is a loop.',
  },
  linkPreviewsPerMinute: {
    default: 60,
    unit: 'pages and pictures from elsewhere a minute and person',
    why: 'Nobody reads more links than one a second; what was asked for before does not count.',
  },
  markdownMs: {
    default: 10_000,
    unit: 'milliseconds a text',
    why: 'The largest Markdown that somebody wrote takes three seconds; what takes longer was made to.',
  },
  signInsPerMinute: {
    default: 60,
    unit: 'attempts a minute and address',
    why: 'A team that comes back at nine, behind one router; hopeless for guessing a password of ten characters.',
  },
} as const satisfies Record<string, { default: number; unit: string; why: string }>

export type LimitName = keyof typeof limitTable
export type Limits = Readonly<Record<LimitName, number>>

export const limitNames = Object.keys(limitTable) as LimitName[]
export const limitVariable = (name: LimitName): string =>
  `LIMIT_${name.replace(/[A-Z]/g, (c) => `_${c}`).toUpperCase()}`
export const defaultLimits: Limits = Object.fromEntries(
  limitNames.map((name) => [name, limitTable[name].default]),
) as Limits
