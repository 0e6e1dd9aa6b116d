import { useCallback } from 'react'
import { useNavigate } from 'react-router'
import { useLive } from '../live/index.ts'
import { useSession } from './session.tsx'

/** After a sign-out: this device forgets the person. `forgetMore` drops what other rooms keep. */
export function useGone(forgetMore: () => Promise<void>): () => Promise<void> {
  const live = useLive()
  const { forget } = useSession()
  const navigate = useNavigate()
  return useCallback(async () => {
    await live.signOut()
    await forgetMore()
    forget()
    // The next person's way in must not lead to where this one was.
    await navigate('/', { replace: true })
  }, [live, forget, forgetMore, navigate])
}
