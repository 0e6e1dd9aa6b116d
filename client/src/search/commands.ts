import type { LucideIcon } from 'lucide-react'

/** What can be done from anywhere, by the frame around the pages. */
export interface PaletteCommand {
  id: string
  label: string
  icon: LucideIcon
  /** How the same is done without the palette. */
  keys?: string
  run(): void
}
