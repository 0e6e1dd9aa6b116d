import type { DocumentId, WorkspaceId } from '@weft/shared/kit'
import { type ComponentProps, lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import { useAccount } from '../auth/index.ts'
import { whenIdle } from '../kit/index.ts'
import { loadPalette, PaletteStandIn, useNoteOpened } from '../search/index.ts'
import type { CommandPalette } from './CommandPalette.tsx'

type CommandPaletteProps = ComponentProps<typeof CommandPalette>

/** Where its code cannot be loaded: says so, and gives the page back. */
function Missing({ onOpenChange }: CommandPaletteProps) {
  const { t } = useTranslation('app')
  useEffect(() => {
    toast.error(t('missing.title'), { description: t('missing.text') })
    onOpenChange(false)
  }, [t, onOpenChange])
  return null
}

const load = async () => {
  const [{ CommandPalette }] = await Promise.all([import('./CommandPalette.tsx'), loadPalette()])
  return CommandPalette
}
const Loaded = lazy(async () => ({ default: await load().catch(() => Missing) }))

interface PaletteHostProps {
  workspaceId: WorkspaceId
  documentId: DocumentId | null
  open: boolean
  setOpen(open: boolean): void
  toggleSidebar(): void
  showKeys(): void
  onSignOut(): void
}

/** The palette of `Mod+K`, loaded when the page has nothing else to do, and no key lost until then. */
export function PaletteHost({ open, setOpen, ...rest }: PaletteHostProps) {
  const [query, setQuery] = useState('')
  // Kept once it was opened, so that closing shows.
  const [wanted, setWanted] = useState(open)
  if (open && !wanted) setWanted(true)
  if (!open && query !== '') setQuery('')
  useNoteOpened(useAccount().id, rest.workspaceId, rest.documentId)
  useEffect(() => whenIdle(() => void load().catch(() => undefined)), [])
  return (
    wanted && (
      <Suspense fallback={open && <PaletteStandIn query={query} setQuery={setQuery} close={() => setOpen(false)} />}>
        <Loaded {...rest} query={query} setQuery={setQuery} open={open} onOpenChange={setOpen} />
      </Suspense>
    )
  )
}
