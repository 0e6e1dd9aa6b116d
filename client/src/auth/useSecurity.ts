import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { AccountSecurity } from '@weft/shared/auth'
import { api } from '../kit/index.ts'

const securityKey = ['security'] as const

/** How and where one is signed in; asked each time the page opens, since other devices come and go. */
export const useSecurity = () => useQuery({ queryKey: securityKey, queryFn: () => api.auth.security(), staleTime: 0 })

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
