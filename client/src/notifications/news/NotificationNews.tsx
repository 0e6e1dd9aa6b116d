import '../catalogue.ts'
import { useInbox } from '../useInbox.ts'
import { useArrival } from './useArrival.ts'
import { useDropShown } from './useDropShown.ts'
import { usePushClicks } from './usePushClicks.ts'
import { useTimeZone } from './useTimeZone.ts'
import { useToasts } from './useToasts.ts'

/** What follows the inbox while a page is open. Once in the page. */
export function NotificationNews() {
  const inbox = useInbox()
  useDropShown(inbox)
  useToasts(inbox)
  useArrival()
  usePushClicks()
  useTimeZone()
  return null
}
