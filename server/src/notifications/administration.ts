import type { UserId } from '@weft/shared/kit'
import type {
  DeadDelivery,
  DeliveryCount,
  NotificationKind,
  Template,
  TemplateChannel,
  TemplateText,
} from '@weft/shared/notifications'
import type { NotificationsDependencies } from './dependencies.ts'
import { letterOf } from './letters.ts'
import { notPermitted } from './policy.ts'
import { checkWords, render, sampleValues, type Templates } from './templates.ts'
import { reasonWords, templateVariables } from './words.ts'

/** As many as a page of them shows. */
const mostDead = 500

/** What the owner of the installation looks after: what did not arrive, what is said, and what became of it. */
export function createAdministration(deps: NotificationsDependencies, templates: Templates, wake: () => void) {
  const { storage, clock, ownsInstallation, people, publicUrl } = deps

  async function requireOwner(userId: UserId): Promise<void> {
    if (!(await ownsInstallation(userId))) throw notPermitted()
  }

  return {
    async deadDeliveries(by: UserId): Promise<DeadDelivery[]> {
      await requireOwner(by)
      const rows = await storage.read
        .selectFrom('deliveries')
        .where('state', '=', 'dead')
        .orderBy('ended_at', 'desc')
        .limit(mostDead)
        .selectAll()
        .execute()
      const known = await people([...new Set(rows.map((row) => row.user_id))])
      return rows.map((row) => ({
        id: row.id,
        channel: row.channel,
        kind: row.mode === 'digest' ? null : row.kind,
        userId: row.user_id,
        name: known.get(row.user_id)?.name ?? null,
        attempts: row.attempts,
        error: row.error ?? '',
        createdAt: row.created_at,
        failedAt: row.ended_at ?? row.created_at,
      }))
    },

    /** From the beginning, as if it had never been tried, but under the same id. */
    async sendAgain(by: UserId, ids: readonly string[]): Promise<{ waiting: number }> {
      await requireOwner(by)
      const { numUpdatedRows } = await storage.transaction((tx) =>
        tx
          .updateTable('deliveries')
          .where('id', 'in', ids)
          .where('state', '=', 'dead')
          .set({ state: 'waiting', attempts: 0, ended_at: null, due_at: clock.now() })
          .executeTakeFirstOrThrow(),
      )
      wake()
      return { waiting: Number(numUpdatedRows) }
    },

    async templates(by: UserId) {
      await requireOwner(by)
      return { templates: await templates.all(), variables: [...templateVariables] }
    },

    async setTemplate(by: UserId, kind: NotificationKind, channel: TemplateChannel, words: TemplateText) {
      await requireOwner(by)
      return templates.set(kind, channel, words)
    },

    async resetTemplate(by: UserId, kind: NotificationKind, channel: TemplateChannel): Promise<Template> {
      await requireOwner(by)
      return templates.reset(kind, channel)
    },

    /** How the words would read, with people and places that do not exist. */
    async previewTemplate(by: UserId, words: TemplateText) {
      await requireOwner(by)
      await checkWords(words)
      const line = { ...(await render(words, sampleValues)), link: String(sampleValues.link), place: '' }
      const ways = { unsubscribe: publicUrl, settings: `${publicUrl}/settings/notifications` }
      return letterOf({ ...line, why: reasonWords.mentioned }, ways)
    },

    async statistics(by: UserId, from: string, until: string): Promise<DeliveryCount[]> {
      await requireOwner(by)
      return storage.read
        .selectFrom('delivery_counts')
        .where('day', '>=', from)
        .where('day', '<=', until)
        .orderBy('day')
        .orderBy('kind')
        .orderBy('channel')
        .selectAll()
        .execute()
    },
  }
}
export type Administration = ReturnType<typeof createAdministration>
