import { MentionId, UserId } from '@weft/shared/kit'
import * as Y from 'yjs'
import type { Mentioned } from '../documents/index.ts'

const word = Buffer.from('mention')

/** Whether an update may hold a mention: a look at its bytes, which costs next to nothing for what people type. */
export const namesMention = (update: Uint8Array): boolean =>
  Buffer.from(update.buffer, update.byteOffset, update.byteLength).includes(word)

type Struct = ReturnType<typeof Y.decodeUpdate>['structs'][number]

const keyOf = ({ client, clock }: Y.ID): string => `${client} ${clock}`

/** The mentions that an update brings and does not take away again, each with valid ids. */
export function mentionsIn(structs: readonly Struct[]): Mentioned[] {
  const found = new Map<string, Record<string, unknown>>()
  for (const struct of structs) {
    if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentType)) continue
    const { type } = struct.content
    if (type instanceof Y.XmlElement && type.nodeName === 'mention') found.set(keyOf(struct.id), {})
  }
  if (found.size === 0) return []
  for (const struct of structs) {
    if (!(struct instanceof Y.Item) || struct.parentSub === null || !(struct.content instanceof Y.ContentAny)) continue
    // Of an update that is only decoded, a parent is the id of its item.
    const parent: unknown = struct.parent
    const attributes = parent instanceof Y.ID ? found.get(keyOf(parent)) : undefined
    if (attributes !== undefined) attributes[struct.parentSub] = struct.content.arr[0]
  }
  return [...found.values()].flatMap(({ userId, mentionId }) => {
    const [user, mention] = [UserId.safeParse(userId), MentionId.safeParse(mentionId)]
    return user.success && mention.success ? [{ userId: user.data, mentionId: mention.data }] : []
  })
}
