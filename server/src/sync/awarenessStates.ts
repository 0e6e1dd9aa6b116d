import type { Person } from '@weft/shared/auth'
import { DocumentAwareness, WorkspaceAwareness } from '@weft/shared/presence'
import type { Channel } from '@weft/shared/sync'
import type { z } from 'zod'
import { nestsWithin } from './nesting.ts'

type AwareKind = Exclude<Channel['kind'], 'window'>

const fields = {
  doc: DocumentAwareness.omit({ user: true }).shape,
  presence: WorkspaceAwareness.omit({ user: true }).shape,
} as const satisfies Record<AwareKind, Record<string, z.ZodType>>

/** A relative position is two objects deep. */
const depth = 8

/**
 * What of a client's state others may see: the fields of the channel's schema, and the person whom the server knows
 * [IDENT-1]. A field of another shape is dropped, so that other editors' carets cost nobody their presence.
 */
export function cleanState(kind: AwareKind, state: Record<string, unknown>, user: Person): { user: Person } {
  const clean: Record<string, unknown> = {}
  for (const [name, schema] of Object.entries<z.ZodType>(fields[kind])) {
    const sent = Object.hasOwn(state, name) ? state[name] : undefined
    const parsed = schema.safeParse(nestsWithin(sent, depth) ? sent : undefined)
    clean[name] = parsed.success ? parsed.data : schema.parse(undefined)
  }
  return { ...clean, user }
}
