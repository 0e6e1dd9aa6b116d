import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export interface ReceivedMail {
  to: string[]
  /** By name in lower case, unfolded. */
  headers: Map<string, string>
  text: string
  html: string
}

export interface MailServer {
  url: string
  /** Those that were taken, in their order. */
  mails: ReceivedMail[]
  /** Every attempt, taken or not. */
  attempts: ReceivedMail[]
  /** What is said to the next mails, instead of taking them: an SMTP code each. */
  refusals: number[]
  close(): Promise<void>
}

/** A mail server on a free port of this machine, that keeps what it gets. */
export async function startMailServer(): Promise<MailServer> {
  const mails: ReceivedMail[] = []
  const attempts: ReceivedMail[] = []
  const refusals: number[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address)
        const mail = { to, ...parseMail(Buffer.concat(chunks).toString('utf8')) }
        attempts.push(mail)
        const refusal = refusals.shift()
        if (refusal === undefined) mails.push(mail)
        done(refusal === undefined ? null : Object.assign(new Error('on purpose'), { responseCode: refusal }))
      })
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    attempts,
    refusals,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** As far as the mails of this server go: two alternatives, text and HTML. */
export function parseMail(raw: string): Omit<ReceivedMail, 'to'> {
  const { headers, body } = split(raw.replaceAll('\r\n', '\n'))
  const boundary = /boundary="?([^";]+)"?/.exec(headers.get('content-type') ?? '')?.[1] ?? ''
  const parts = body
    .split(`--${boundary}`)
    .map((part) => split(part.trimStart()))
    .map((part) => ({ type: part.headers.get('content-type') ?? '', words: decode(part) }))
  const of = (type: string): string => parts.find((part) => part.type.startsWith(type))?.words ?? ''
  return { headers, text: of('text/plain'), html: of('text/html') }
}

interface Part {
  headers: Map<string, string>
  body: string
}

function split(raw: string): Part {
  const end = raw.indexOf('\n\n')
  const lines = raw
    .slice(0, end)
    .replaceAll(/\n[ \t]+/g, ' ')
    .split('\n')
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), words(line.slice(colon + 1).trim())]
  })
  return { headers: new Map(headers), body: raw.slice(end + 2) }
}

/** Encoded words of RFC 2047. */
const words = (value: string): string =>
  value
    .replaceAll(/\?= +=\?/g, '?==?')
    .replaceAll(/=\?utf-8\?([QB])\?([^?]*)\?=/gi, (_all, how: string, text: string) =>
      how.toUpperCase() === 'B' ? Buffer.from(text, 'base64').toString('utf8') : quoted(text.replaceAll('_', ' ')),
    )

function decode({ headers, body }: Part): string {
  const how = headers.get('content-transfer-encoding')
  if (how === 'base64') return Buffer.from(body, 'base64').toString('utf8')
  return how === 'quoted-printable' ? quoted(body.replaceAll('=\n', '')) : body
}

const quoted = (text: string): string =>
  Buffer.from(
    text.replaceAll(/=([0-9A-F]{2})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8')
