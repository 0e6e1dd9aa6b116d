import { mkdir, rename, writeFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { join } from 'node:path'
import type { Transporter } from 'nodemailer'

/** A mail as it leaves. `messageId` stays the same when it is sent again, so that a repeat is no second message. */
export interface Mail {
  to: string
  subject: string
  text: string
  html: string
  messageId: string
  /** Where a mail program posts when somebody unsubscribes with one click (RFC 8058); a mail for once has none. */
  unsubscribe?: string
}

export interface MailConfig {
  /** `smtp://` or `smtps://`; null: mails are written into a directory. */
  smtpUrl: string | null
  from: string
  directory: string
}

export interface Mailer {
  /** Resolves when a server has taken it, or it is in its file. Rejects with what was answered. */
  send(mail: Mail): Promise<void>
  close(): void
}

/** What a mail server may take to answer, in ms. */
const patience = 30_000

/** Sends mails by SMTP, or writes them where an operator finds them. */
export function createMailer(config: MailConfig): Mailer {
  let opening: Promise<Transporter> | null = null

  // With the first mail: a server at rest does without the library.
  const transporter = (): Promise<Transporter> => {
    opening ??= import('nodemailer').then(({ createTransport }): Transporter => {
      if (config.smtpUrl === null) return createTransport({ streamTransport: true, buffer: true })
      const options = { pool: true, maxConnections: 3, maxMessages: 100 } as const
      const timeouts = { connectionTimeout: patience, greetingTimeout: patience, socketTimeout: patience }
      return createTransport({ url: config.smtpUrl, ...options, ...timeouts })
    })
    return opening
  }

  async function write(messageId: string, message: Buffer): Promise<void> {
    await mkdir(config.directory, { recursive: true, mode: 0o700 })
    const path = join(config.directory, `${messageId.replaceAll(/[^A-Za-z0-9_-]/g, '_')}.eml`)
    await writeFile(`${path}.part`, message, { mode: 0o600 })
    await rename(`${path}.part`, path)
  }

  return {
    async send({ to, subject, text, html, messageId, unsubscribe }) {
      const transport = await transporter()
      const sent: { message?: unknown } = await transport.sendMail({
        from: config.from,
        to,
        subject,
        text,
        html,
        messageId: `<${messageId}>`,
        headers: {
          ...(unsubscribe === undefined
            ? {}
            : {
                'List-Unsubscribe': `<${unsubscribe}>`,
                'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
              }),
          'Auto-Submitted': 'auto-generated',
        },
        disableFileAccess: true,
        disableUrlAccess: true,
      })
      if (config.smtpUrl === null && Buffer.isBuffer(sent.message)) await write(messageId, sent.message)
    },
    close() {
      void opening?.then((transport) => transport.close())
    },
  }
}

/** Who mails come from where nobody has said so. A mail address has no bare number for its host. */
export function defaultSender(publicUrl: string): string {
  const { hostname } = new URL(publicUrl)
  return `Weft <weft@${isIP(hostname.replaceAll(/[[\]]/g, '')) === 0 ? hostname : 'localhost'}>`
}

/** Whom somebody may write to about this server, as a URL. */
export const contactOf = (from: string): string => `mailto:${/<([^>]*)>/.exec(from)?.[1] ?? from}`

/** A server that said no for good (5xx): trying again would be asking the same. */
export const isRefused = (error: unknown): boolean =>
  error instanceof Error && 'responseCode' in error && Number(error.responseCode) >= 500
