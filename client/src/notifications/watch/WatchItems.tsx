import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { DocumentId } from '@weft/shared/kit'
import type { Watch, WatchState } from '@weft/shared/notifications'
import { BellOff, Eye } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import '../catalogue.ts'
import { MenuItem, toastProblem } from '../../kit/index.ts'
import { notificationsApi } from '../api.ts'

/** In a document's menu: whether one hears of what happens in it. */
export function WatchItems({ documentId }: { documentId: DocumentId }) {
  const { t } = useTranslation('notifications')
  const client = useQueryClient()
  const queryKey = ['watch', documentId]
  const { data } = useQuery({ queryKey, queryFn: () => notificationsApi.notifications.watch({ documentId }) })
  const { mutate } = useMutation({
    mutationFn: (state: WatchState) => notificationsApi.notifications.setWatch({ documentId, state }),
    onSuccess: (watch: Watch) => {
      client.setQueryData(queryKey, watch)
      const said = watch.state ?? 'neither'
      toast(t(`watch.${said}`))
    },
    onError: toastProblem,
  })
  const state = data?.state ?? null
  const isWatched = state === 'watching'
  const isMuted = state === 'muted'
  return (
    <>
      <MenuItem icon={Eye} disabled={data === undefined} onSelect={() => mutate(isWatched ? null : 'watching')}>
        {t(isWatched ? 'watch.unwatch' : 'watch.watch')}
      </MenuItem>
      <MenuItem icon={BellOff} disabled={data === undefined} onSelect={() => mutate(isMuted ? null : 'muted')}>
        {t(isMuted ? 'watch.unmute' : 'watch.mute')}
      </MenuItem>
    </>
  )
}
