import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { AccountSecurity } from '@weft/shared/auth'
import { useCallback } from 'react'
import { api } from '../kit/index.ts'

const securityKey = ['security'] as const

/** How and where one is signed in; asked each time the page opens, since other devices come and go. */
export const useSecurity = () => useQuery({ queryKey: securityKey, queryFn: () => api.auth.security(), staleTime: 0 })

/** After a change of how one gets in, which the account library made: asks what is so now. */
export function useSecurityChanged(): () => Promise<void> {
  const client = useQueryClient()
  return useCallback(() => client.invalidateQueries({ queryKey: securityKey }), [client])
}

/** Signs out on one other device, or on all others. */
export function useSignOutDevices() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (which: { id: string } | 'others') =>
      which === 'others' ? api.auth.signOutOthers() : api.auth.signOutDevice(which),
    onSuccess: async (security) => {
      await client.cancelQueries({ queryKey: securityKey })
      client.setQueryData<AccountSecurity>(securityKey, security)
    },
    onError: () => client.invalidateQueries({ queryKey: securityKey }),
  })
}
