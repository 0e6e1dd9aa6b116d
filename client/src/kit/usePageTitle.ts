import { useEffect } from 'react'

/** What the browser's tab says, with the product's name behind it. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = title === '' ? 'Weft' : `${title} · Weft`
  }, [title])
}
