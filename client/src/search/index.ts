import { lazy } from 'react'
import { orNothing } from '../kit/orNothing.ts'

export type { PaletteCommand } from './commands.ts'
export { recentPrefix, useNoteOpened } from './recent.ts'

const load = () => import('./Palette.tsx')
/** The palette of `Mod+K`; loaded after the first page is shown. */
export const Palette = lazy(() => orNothing(async () => (await load()).Palette))
/** Before it is asked for, so that it opens at once, and without a connection too. */
export const preparePalette = (): void => void load().catch(() => undefined)
