import { WeftError } from '@weft/shared/kit'
import {
  NotificationKind as Kinds,
  type NotificationKind,
  type Template,
  type TemplateChannel,
  type TemplateText,
} from '@weft/shared/notifications'
import type { Liquid } from 'liquidjs'
import type { Storage } from '../storage/port.ts'
import { defaultWords, type TemplateValues, templateVariables } from './words.ts'

/** Bounds for what an administrator writes: characters read, values made, milliseconds. */
const bounds = { parseLimit: 20_000, memoryLimit: 1_000_000, renderLimit: 500 }

let liquid: Promise<Liquid> | null = null

/** Loaded with the first mail: a server at rest does without. */
function engine(): Promise<Liquid> {
  liquid ??= import('liquidjs').then(
    (library) =>
      new library.Liquid({
        ...bounds,
        strictVariables: true,
        strictFilters: true,
        ownPropertyOnly: true,
        templates: {},
      }),
  )
  return liquid
}

const known: ReadonlySet<string> = new Set(templateVariables)

/** Throws `invalid-input` with the name of what is wrong, before anybody is sent it. */
export async function checkWords(words: TemplateText): Promise<void> {
  const library = await engine()
  for (const [part, text] of [
    ['subject', words.subject],
    ['text', words.text],
  ] as const) {
    try {
      const wrong = library.globalVariablesSync(library.parse(text)).find((name) => !known.has(name))
      if (wrong !== undefined) {
        const there = templateVariables.join(', ')
        throw new WeftError('invalid-input', `${part}: there is no variable “${wrong}”. There are ${there}.`)
      }
      await library.parseAndRender(text, sampleValues)
    } catch (error) {
      if (error instanceof WeftError) throw error
      const said = error instanceof Error ? error.message : String(error)
      throw new WeftError('invalid-input', `${part}: ${said}.`, { cause: error })
    }
  }
}

export async function render(words: TemplateText, values: TemplateValues): Promise<TemplateText> {
  const library = await engine()
  const [subject, text] = await Promise.all([
    library.parseAndRender(words.subject, values),
    library.parseAndRender(words.text, values),
  ])
  return { subject: String(subject).replaceAll(/\s+/g, ' ').trim(), text: String(text).trim() }
}

/** For previews, and to try what somebody has written. */
export const sampleValues: TemplateValues = {
  person: 'Ben Weaver',
  actor: 'Ann Spinner',
  count: 2,
  document: 'Budget',
  workspace: 'Looms',
  role: 'edit',
  percent: 90,
  title: 'Maintenance on Friday',
  text: 'The server is away from six to seven.',
  link: 'https://weft.example.org/',
}

/** The words of each kind and channel: as they came with Weft, or as administrators have put them. */
export function createTemplates({ read, transaction }: Pick<Storage, 'read' | 'transaction'>) {
  const own = (kind: NotificationKind, channel: TemplateChannel) =>
    read
      .selectFrom('templates')
      .where('kind', '=', kind)
      .where('channel', '=', channel)
      .select(['subject', 'text'])
      .executeTakeFirst()

  return {
    async words(kind: NotificationKind, channel: TemplateChannel): Promise<TemplateText> {
      return (await own(kind, channel)) ?? defaultWords[kind]
    },

    async all(): Promise<Template[]> {
      const changed = await read.selectFrom('templates').selectAll().execute()
      return (['mail', 'push'] as const).flatMap((channel) =>
        Kinds.options.map((kind) => {
          const found = changed.find((row) => row.kind === kind && row.channel === channel)
          return { ...(found ?? { ...defaultWords[kind], kind, channel }), changed: found !== undefined }
        }),
      )
    },

    async set(kind: NotificationKind, channel: TemplateChannel, words: TemplateText): Promise<Template> {
      await checkWords(words)
      const { subject, text } = words
      await transaction((tx) =>
        tx
          .insertInto('templates')
          .values({ kind, channel, subject, text })
          .onConflict((row) => row.columns(['channel', 'kind']).doUpdateSet({ subject, text }))
          .execute(),
      )
      return { kind, channel, subject, text, changed: true }
    },

    async reset(kind: NotificationKind, channel: TemplateChannel): Promise<Template> {
      await transaction((tx) =>
        tx.deleteFrom('templates').where('kind', '=', kind).where('channel', '=', channel).execute(),
      )
      return { kind, channel, ...defaultWords[kind], changed: false }
    },
  }
}
export type Templates = ReturnType<typeof createTemplates>
