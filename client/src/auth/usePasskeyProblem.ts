import { useTranslation } from 'react-i18next'
import { problemText } from '../kit/index.ts'
import { AccountError } from './accounts.ts'
import { PasskeyError } from './passkeys.ts'

/** Why it did not work with a passkey, in words. `doing`: what one was at. */
export function usePasskeyProblem(): (error: unknown, doing: 'signIn' | 'add') => string {
  const { t } = useTranslation('auth')
  const { t: inKit } = useTranslation('kit')
  return (error, doing) => {
    if (error instanceof PasskeyError) {
      return error.problem === 'cancelled' ? t(`passkeys.cancelled.${doing}`) : t(`passkeys.problem.${error.problem}`)
    }
    return error instanceof AccountError ? t(`error.${error.problem}`) : problemText(error, inKit)
  }
}
