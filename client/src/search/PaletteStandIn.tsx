import { Search } from 'lucide-react'
import { useTranslation } from 'react-i18next'

export const paletteVeil = 'fixed inset-0 z-50 animate-appear bg-black/40'
export const paletteBox =
  'fixed top-[8vh] left-1/2 z-50 w-[calc(100vw-2rem)] max-w-xl -translate-x-1/2 overflow-hidden rounded-xl border border-line bg-raised text-ink shadow-lg focus:outline-none'
export const paletteLine = 'flex items-center gap-2.5 border-line border-b px-4'
export const paletteInput = 'h-12 min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-faint'

/** In the moment in which it is drawn: the next key is already for it. */
export const focusAtOnce = (input: HTMLInputElement | null): void => input?.focus()

interface PaletteStandInProps {
  query: string
  setQuery(query: string): void
  close(): void
}

/** Takes what is typed while the palette is on its way: not one key of it may land in the text behind. */
export function PaletteStandIn({ query, setQuery, close }: PaletteStandInProps) {
  const { t } = useTranslation('app')
  return (
    <>
      <div className={paletteVeil} aria-hidden />
      <div role="dialog" aria-label={t('sidebar.search')} className={paletteBox}>
        <div className={paletteLine}>
          <Search size={16} aria-hidden className="shrink-0 text-faint" />
          <input
            ref={focusAtOnce}
            aria-label={t('sidebar.search')}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
            onKeyDown={(event) => event.key === 'Escape' && close()}
            className={paletteInput}
          />
        </div>
      </div>
    </>
  )
}
