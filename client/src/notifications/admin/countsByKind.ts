import { DeliveryChannel, type DeliveryCount, notificationKinds } from '@weft/shared/notifications'

/** Counts of several days as one for each kind and way, in the order in which kinds are shown. */
export function countsByKind(counts: readonly DeliveryCount[]): Omit<DeliveryCount, 'day'>[] {
  return notificationKinds.flatMap((kind) =>
    DeliveryChannel.options.flatMap((channel) => {
      const own = counts.filter((count) => count.kind === kind && count.channel === channel)
      const sum = (of: 'sent' | 'delivered' | 'seen' | 'clicked' | 'failed'): number =>
        own.reduce((total, count) => total + count[of], 0)
      if (own.length === 0) return []
      const [sent, delivered, seen] = [sum('sent'), sum('delivered'), sum('seen')]
      return [{ kind, channel, sent, delivered, seen, clicked: sum('clicked'), failed: sum('failed') }]
    }),
  )
}
