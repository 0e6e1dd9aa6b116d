import type { Person } from '@weft/shared/auth'
import type { Notification, NotificationNames, TemplateChannel } from '@weft/shared/notifications'
import { openedAddress } from '@weft/shared/notifications'
import { render, type Templates } from './templates.ts'
import { privateWords, reasonWords, type TemplateValues, warningWords } from './words.ts'

/** One notification, as it is told by a way other than the page. */
export interface Told {
  notification: Notification
  names: NotificationNames
  /** Neither who nor what nor where may be in it. */
  isPrivate: boolean
}

export interface Line {
  subject: string
  text: string
  /** Where it opens. */
  link: string
  why: string
  /** What a digest groups by. */
  place: string
}

/** A mail, but for whom it goes to. */
export interface Letter {
  subject: string
  text: string
  html: string
}

const joined = (names: readonly string[], count: number): string => {
  const [first, second] = names
  if (first === undefined) return 'Weft'
  if (second === undefined) return first
  return names.length === 2 && count <= 2 ? `${first} and ${second}` : `${first} and others`
}

function valuesOf({ notification, names }: Told, to: Person, link: string): TemplateValues {
  const { documentId, workspaceId, actorIds, count, detail } = notification
  const people = new Map(names.people.map(({ id, name }) => [id, name]))
  const acted = actorIds.map((id) => people.get(id) ?? 'Somebody')
  return {
    person: to.name,
    actor: joined(acted, count),
    count,
    document: names.documents.find(({ id }) => id === documentId)?.title || 'Untitled',
    workspace: names.workspaces.find(({ id }) => id === workspaceId)?.name ?? detail.workspaceName ?? '',
    role: detail.suspended ? 'suspended' : (detail.role ?? ''),
    percent: detail.percent ?? 0,
    title: detail.title ?? '',
    text: detail.warning === undefined ? (detail.text ?? '') : warningWords[detail.warning],
    link,
  }
}

/** Words for a notification, by the templates. */
export async function lineOf(
  told: Told,
  to: Person,
  channel: TemplateChannel,
  { templates, publicUrl }: { templates: Templates; publicUrl: string },
): Promise<Line> {
  const { notification, isPrivate } = told
  const link = publicUrl + openedAddress(notification, channel)
  const why = reasonWords[notification.reason]
  if (isPrivate) return { ...privateWords, link, why: '', place: '' }
  const values = valuesOf(told, to, link)
  const words = await render(await templates.words(notification.kind, channel), values)
  const place = notification.documentId === null ? values.workspace : values.document
  return { ...words, link, why, place: String(place) }
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (c) => escapes[c] ?? c)
const paragraphs = (text: string): string =>
  text
    .split(/\n{2,}/)
    .map((part) => `<p style="margin:0 0 12px">${escaped(part).replaceAll('\n', '<br>')}</p>`)
    .join('')

const frame = (inside: string, footer: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><body style="margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif;color:#1c1917"><div style="max-width:560px;margin:0 auto">${inside}<hr style="border:0;border-top:1px solid #e7e5e4;margin:24px 0"><p style="font-size:13px;color:#57534e">${footer}</p></div></body></html>`

const anchor = (link: string, words: string): string => `<a href="${escaped(link)}" style="color:#0f766e">${words}</a>`

interface Ways {
  unsubscribe: string
  settings: string
}

const stop = 'No more mails like this'
const change = 'Change what you get'

const footerText = ({ unsubscribe, settings }: Ways, why: string): string =>
  [why === '' ? '' : `You get this because ${why}.`, `${stop}: ${unsubscribe}`, `${change}: ${settings}`]
    .filter((line) => line !== '')
    .join('\n')

const footerHtml = ({ unsubscribe, settings }: Ways, why: string): string =>
  `${why === '' ? '' : `You get this because ${escaped(why)}. `}${anchor(unsubscribe, stop)} · ${anchor(settings, change)}`

/** A mail about one notification. */
export const letterOf = ({ subject, text, link, why }: Line, ways: Ways): Letter => ({
  subject,
  text: `${text}\n\n${link}\n\n-- \n${footerText(ways, why)}\n`,
  html: frame(`${paragraphs(text)}<p>${anchor(link, 'Open')}</p>`, footerHtml(ways, why)),
})

/** A mail that somebody gets for once, who need not have an account. */
export const letterForOnce = (mail: {
  subject: string
  text: string
  link: string
  action: string
  footer: string
}): Letter => ({
  subject: mail.subject,
  text: `${mail.text}\n\n${mail.link}\n\n-- \n${mail.footer}\n`,
  html: frame(`${paragraphs(mail.text)}<p>${anchor(mail.link, mail.action)}</p>`, escaped(mail.footer)),
})

/** A mail about many, grouped by where they happened, in the order of the first of each group. */
export function digestOf(lines: readonly Line[], ways: Ways): Letter {
  const groups = [...Map.groupBy(lines, ({ place }) => place)]
  const subject = lines.length === 1 ? (lines[0]?.subject ?? '') : `${lines.length} things that concern you`
  const text = groups
    .map(([place, all]) =>
      [place, ...all.map((line) => `- ${line.text}\n  ${line.link}`)].filter((s) => s !== '').join('\n'),
    )
    .join('\n\n')
  const html = groups
    .map(([place, all]) => {
      const items = all.map((line) => `<li>${escaped(line.text)} ${anchor(line.link, 'Open')}</li>`)
      return `${place === '' ? '' : `<h2 style="font-size:16px;margin:16px 0 4px">${escaped(place)}</h2>`}<ul style="margin:0;padding-left:20px">${items.join('')}</ul>`
    })
    .join('')
  return { subject, text: `${text}\n\n-- \n${footerText(ways, '')}\n`, html: frame(html, footerHtml(ways, '')) }
}
