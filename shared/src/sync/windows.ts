/**
 * Windows: live views on tables, written by the server alone. Their `Y.Doc` has two maps: `entries`, of plain JSON by
 * key, and `meta`, with the sequence that the window has come to [EVENT-3] and whatever else its kind says of itself.
 */
export const windowKinds = ['inbox', 'feed'] as const
export type WindowKindName = (typeof windowKinds)[number]

export const windowFields = { entries: 'entries', meta: 'meta' } as const

/** The newest so many are in a window, unless its kind says otherwise; older ones come by page over HTTP. */
export const windowEntries = 300

/** `id`: a user's for an inbox, an audience's for a feed. */
export const windowChannel = (kind: WindowKindName, id: string): string => `${kind}/${id}`
