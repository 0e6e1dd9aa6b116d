import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { DocumentId, SharedLinkId } from '@weft/shared/kit'
import type { LinkReach, SharedLink } from '@weft/shared/sharedLinks'
import { toastProblem, useSaying } from '../kit/index.ts'
import { sharedLinksApi } from './api.ts'
import { type LinkSaid, withSaid } from './withSaid.ts'

const linksKey = (documentId: DocumentId) => ['shared-links', documentId] as const

/** The links of a document, with what one has just said about them, and how to say it. */
export function useSharedLinks(documentId: DocumentId) {
  const queryKey = linksKey(documentId)
  const query = useQuery({ queryKey, queryFn: () => sharedLinksApi.list({ documentId }) })
  const { said, say } = useSaying<LinkSaid, SharedLink[], LinkSaid>({
    scope: `shared-links-${documentId}`,
    queryKey,
    async send(one) {
      const { linkId } = one
      if ('end' in one) await sharedLinksApi.end({ documentId, linkId })
      else await sharedLinksApi.change({ documentId, linkId, ...one.change })
      return one
    },
    kept: (one, before) => before && withSaid(before, [one]),
  })
  return { ...query, data: query.data && withSaid(query.data, said), say }
}

/** Its address is made by the server, so nothing can be shown before. */
export function useMakeLink(documentId: DocumentId) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (reach: LinkReach) => sharedLinksApi.create({ documentId, reach }),
    onError: toastProblem,
    onSuccess: async (link) => {
      await client.cancelQueries({ queryKey: linksKey(documentId) })
      client.setQueryData<SharedLink[]>(linksKey(documentId), (before = []) => [...before, link])
    },
  })
}

/** A password for a link, or none from now on. */
export function useSetPassword(documentId: DocumentId, linkId: SharedLinkId) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (password: string | null) => sharedLinksApi.change({ documentId, linkId, password }),
    onSettled: () => client.invalidateQueries({ queryKey: linksKey(documentId) }),
  })
}
