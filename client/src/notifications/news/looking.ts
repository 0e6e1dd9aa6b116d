import { toast } from 'sonner'

/** Open centres of this page: what comes is announced in them. */
let centres = 0

/** Toasts that may still be on the page, by the notification that they tell of. */
const told = new Set<string | number>()

/** The centre is on the page until the returned function is called. It says all that toasts say. */
export function centreShown(): () => void {
  centres++
  for (const id of told) takeBack(id)
  return () => {
    centres--
  }
}

export const isCentreShown = (): boolean => centres > 0

export const noteTold = (id: string | number): unknown => told.add(id)
export const toldIds = (): readonly (string | number)[] => [...told]

/** Its toast goes: it was read, here or elsewhere. */
export function takeBack(id: string | number): void {
  told.delete(id)
  toast.dismiss(id)
}
