import { NotificationId } from '@weft/shared/kit'
import { mentionParameter, OpenNotification, openedParameters } from '@weft/shared/notifications'
import { useEffect } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { useInboxCommands } from '../useInboxCommands.ts'
import { showMention } from './showMention.ts'

/** Who came by a mail or a push has opened what it spoke of; and who came for a mention is shown it. */
export function useArrival(): void {
  const { pathname, search } = useLocation()
  const navigate = useNavigate()
  const commands = useInboxCommands()
  useEffect(() => {
    const parameters = new URLSearchParams(search)
    const id = NotificationId.safeParse(parameters.get(openedParameters.notification)).data
    const from = OpenNotification.shape.from.safeParse(parameters.get(openedParameters.from)).data
    if (id === undefined) return
    void commands.open(id, from ?? 'page')
    parameters.delete(openedParameters.notification)
    parameters.delete(openedParameters.from)
    void navigate({ pathname, search: parameters.toString() }, { replace: true })
  }, [pathname, search, navigate, commands])
  const mentionId = new URLSearchParams(search).get(mentionParameter)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same one of another document is another
  useEffect(() => (mentionId === null ? undefined : showMention(mentionId)), [mentionId, pathname])
}
