import { getI18n } from 'react-i18next'
import { toast } from 'sonner'
import { problemText } from './problem.ts'

/** Says in a toast why something did not go through. */
export function toastProblem(error: unknown): void {
  toast.error(problemText(error, getI18n().getFixedT(null, 'kit')))
}
