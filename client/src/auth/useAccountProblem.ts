import { useTranslation } from 'react-i18next'
import { problemText } from '../kit/index.ts'
import { AccountError } from './accounts.ts'

/** Why something with an account did not work, in words. */
export function useAccountProblem(): (error: unknown) => string {
  const { t } = useTranslation('auth')
  const { t: inKit } = useTranslation('kit')
  return (error) => (error instanceof AccountError ? t(`error.${error.problem}`) : problemText(error, inKit))
}

/** The same where the password was asked for: beside it, or above the form. */
export function usePasswordProblem(): (error: unknown) => { password?: string; form?: string } {
  const say = useAccountProblem()
  return (error) => {
    const isWrong = error instanceof AccountError && error.problem === 'wrong-current-password'
    return { [isWrong ? 'password' : 'form']: say(error) }
  }
}
