import { type DestinationStream, type Logger, pino } from 'pino'

export type Log = Logger
export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'

/** What must never be read in a log: whoever has it is somebody else. */
const secrets = ['token', 'password', 'secret', 'cookie', 'authorization', '["set-cookie"]', '["x-weft-invite"]']
const paths = ['', '*.', '*.*.'].flatMap((depth) =>
  secrets.map((name) => (name.startsWith('[') ? `${depth.replace(/\.$/, '')}${name}` : `${depth}${name}`)),
)

const secretNames = new Set(['token', 'invite', 'code', 'state', 'next'])

/** Whether the value of a query's parameter is to be kept out of the log, however its name is written. */
function isSecret(name: string): boolean {
  try {
    return secretNames.has(decodeURIComponent(name.replaceAll('+', ' ')).trim().toLowerCase())
  } catch {
    return true
  }
}

/** Takes the values out of an address that somebody may have put a secret into. */
export function redactUrl(url: string): string {
  return url
    .replace(/([?&])([^=&#]*)=[^&#]*/g, (pair, mark, name) => (isSecret(name) ? `${mark}${name}=[redacted]` : pair))
    .replace(/^\/s\/[^/?#]*/, '/s/[redacted]')
    .slice(0, 500)
}

/** JSON lines. Rooms log ids and numbers, never the text of a document. */
export function createLogger(level: LogLevel, destination?: DestinationStream): Log {
  return pino({ level, redact: { paths, censor: '[redacted]' }, base: null }, destination ?? pino.destination(2))
}
