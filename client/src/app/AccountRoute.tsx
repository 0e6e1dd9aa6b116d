import { type loadAccountPage, useAccount } from '../auth/index.ts'
import { forgetAll } from './forgetAll.ts'

export function AccountRoute({ AccountPage }: { AccountPage: Awaited<ReturnType<typeof loadAccountPage>> }) {
  const { id } = useAccount()
  return <AccountPage forgetMore={() => forgetAll(id)} />
}
