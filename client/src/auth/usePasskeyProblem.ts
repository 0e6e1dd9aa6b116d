import { useTranslation } from 'react-i18next'
import { PasskeyError } from './passkeys.ts'
import { useAccountProblem } from './useAccountProblem.ts'

/** Why it did not work with a passkey, in words. `doing`: what one was at. */
export function usePasskeyProblem(): (error: unknown, doing: 'signIn' | 'add') => string {
  const { t } = useTranslation('auth')
  const say = useAccountProblem()
  return (error, doing) => {
    if (error instanceof PasskeyError) {
      return error.problem === 'cancelled' ? t(`passkeys.cancelled.${doing}`) : t(`passkeys.problem.${error.problem}`)
    }
    return say(error)
  }
}
