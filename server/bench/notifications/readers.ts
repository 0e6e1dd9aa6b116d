import type { AnnouncementId } from '@weft/shared/kit'
import { InboxClient } from './InboxClient.ts'
import { type FromReaders, monotonic, ToReaders } from './messages.ts'

/** Sockets that are joining at the same time. */
const joinsAtOnce = 20

/** A process that holds inboxes open, so that reading them holds up neither the server nor who types. */
const clients: InboxClient[] = []
const arrivals = new Map<AnnouncementId, number[]>()

const say = (message: FromReaders): void => {
  process.send?.(message)
}

function arrived(announcementId: AnnouncementId): void {
  const at = arrivals.get(announcementId) ?? []
  arrivals.set(announcementId, at)
  if (at.push(monotonic()) === clients.length) say({ what: 'arrived', announcementId, at })
}

async function join({ socketUrl, headers, readers }: Extract<ToReaders, { what: 'join' }>): Promise<void> {
  const left = readers.values()
  const some = async () => {
    for (const reader of left) {
      const client = new InboxClient({ socketUrl, headers }, reader)
      clients.push(client)
      await client.join()
      client.onAnnouncement = arrived
      client.onFailure = (sentence) => say({ what: 'failed', sentence })
    }
  }
  await Promise.all(Array.from({ length: joinsAtOnce }, some))
  say({ what: 'joined' })
}

process.on('message', (said) => {
  const message = ToReaders.parse(said)
  if (message.what === 'look') {
    say({ what: 'looked', inboxes: clients.map(({ size, unread }) => ({ entries: size, unread })) })
  } else join(message).catch((error: unknown) => say({ what: 'failed', sentence: String(error) }))
})
// Whoever measures has ended.
process.on('disconnect', () => process.exit(0))
