import { useSyncExternalStore } from 'react'

function useMedia(media: MediaQueryList): boolean {
  return useSyncExternalStore(
    (listener) => {
      media.addEventListener('change', listener)
      return () => media.removeEventListener('change', listener)
    },
    () => media.matches,
  )
}

const wide = window.matchMedia('(min-width: 48rem)')
const wider = window.matchMedia('(min-width: 64rem)')

/** From here on the sidebar stands beside the page; below, it is a drawer. Tailwind's `md`. */
export const useWide = (): boolean => useMedia(wide)

/** From here on a panel stands beside a document; below, it is a sheet. Tailwind's `lg`. */
export const useWider = (): boolean => useMedia(wider)
