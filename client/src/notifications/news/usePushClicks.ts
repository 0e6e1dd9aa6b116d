import { useEffect } from 'react'
import { useNavigate } from 'react-router'
import { isGoWord } from '../../../worker/words.ts'

/** A click on a push goes to its place in a page that is open already. */
export function usePushClicks(): void {
  const navigate = useNavigate()
  useEffect(() => {
    if (!('serviceWorker' in navigator)) return
    const { serviceWorker } = navigator
    const hear = ({ data }: MessageEvent) => {
      if (isGoWord(data)) void navigate(data.path)
    }
    serviceWorker.addEventListener('message', hear)
    return () => serviceWorker.removeEventListener('message', hear)
  }, [navigate])
}
