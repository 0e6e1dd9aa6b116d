import type { RequestListener } from 'node:http'
import { betterAuth } from 'better-auth'
import { toNodeHandler } from 'better-auth/node'
import type { AccountLibrary, accountOptions } from './accountLibrary.ts'
import type { PasskeyDependencies } from './passkeys.ts'

/**
 * Answers `/api/auth/*`. What concerns passkeys is answered by a second instance of the library, on the same tables,
 * which is made when somebody asks for the first time: what reads passkeys would be most of what accounts hold in memory.
 */
export function createAccountHandler(
  library: AccountLibrary,
  options: ReturnType<typeof accountOptions>,
  deps: PasskeyDependencies,
): RequestListener {
  const answer = toNodeHandler(library)
  const load = async (): Promise<RequestListener> => {
    const { passkeys } = await import('./passkeys.ts')
    const plugins = options.plugins.filter(({ id }) => id !== 'passkey-table')
    return toNodeHandler(betterAuth({ ...options, plugins: [...plugins, passkeys(deps)] }))
  }
  let loading: Promise<RequestListener> | undefined
  const answerPasskeys: RequestListener = async (request, response) => {
    loading ??= load()
    await (await loading)(request, response)
  }
  return (request, response) =>
    (request.url?.startsWith('/api/auth/passkey/') ? answerPasskeys : answer)(request, response)
}
