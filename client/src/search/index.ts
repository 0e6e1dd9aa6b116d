export type { PaletteCommand } from './commands.ts'
export { PaletteStandIn } from './PaletteStandIn.tsx'
export { recentDocuments, recentPrefix, useNoteOpened } from './recent.ts'
/** Loaded after the first page is shown: so it opens at once, and without a connection too. */
export const loadPalette = async () => (await import('./Palette.tsx')).Palette
