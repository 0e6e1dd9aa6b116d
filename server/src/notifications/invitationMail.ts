import type { Log } from '../kit/logger.ts'
import type { MailedInvitation } from '../workspaces/index.ts'
import { letterForOnce } from './letters.ts'
import type { Mailer } from './mailer.ts'

interface Dependencies {
  mailer: Mailer
  log: Log
  publicUrl: string
  /** Null: mails are written to a directory, where those who are invited do not find them. */
  smtpUrl: string | null
}

/**
 * Sends an invitation at once, while the person who invites waits: they hear whether they have to hand the link on
 * themselves. Sent again with the same command, it has the same Message-ID.
 */
export const createInvitationMail =
  ({ mailer, log, publicUrl, smtpUrl }: Dependencies) =>
  async ({ id, to, inviter, workspace, url }: MailedInvitation): Promise<boolean> => {
    const letter = letterForOnce({
      subject: `${inviter} invites you to ${workspace}`,
      text: `${inviter} invites you to ${workspace}, a place to write together.\n\nThe link is for you alone, and works once.`,
      link: url,
      action: 'Open the invitation',
      footer: 'If you do not know who that is, do nothing: without the link nobody gets in as you.',
    })
    try {
      await mailer.send({ to, ...letter, messageId: `invite-${id}@${new URL(publicUrl).hostname}` })
      return smtpUrl !== null
    } catch (error) {
      // [LIMIT-3] The invitation stands; whoever made it is told that it has to be handed on.
      log.warn({ err: error, inviteId: id }, 'an invitation could not be mailed')
      return false
    }
  }
