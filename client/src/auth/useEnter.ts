import { useCallback } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { api } from '../kit/index.ts'
import { dropInvite, heldInvite } from './heldInvite.ts'
import { useSession } from './session.tsx'

/** Only a path of our own: an address in a link must not lead somewhere else after signing in. */
export const safePath = (next: string | null): string =>
  next !== null && /^\/(?![/\\])[^\\\s]*$/.test(next) ? next : '/'

/** Goes on after signing up or in: into the workspace one was invited to, or where one wanted to go. */
export function useEnter(): () => Promise<void> {
  const { check } = useSession()
  const navigate = useNavigate()
  const [search] = useSearchParams()
  return useCallback(async () => {
    const token = heldInvite()
    let next = safePath(search.get('next'))
    if (token !== null) {
      try {
        const workspace = await api.workspaces.acceptInvite({ token })
        dropInvite()
        next = `/w/${workspace.id}`
      } catch {
        // The invitation's own page says why it does not open.
        next = '/invite'
      }
    }
    await check()
    await navigate(next, { replace: true })
  }, [check, navigate, search])
}
