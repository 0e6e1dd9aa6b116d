import { useQueryClient } from '@tanstack/react-query'
import type { CommandId } from '@weft/shared/kit'
import { lazy, Suspense, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import { useConnection, useLive, useOutbox } from '../live/index.ts'
import { showOutbox, useOutboxShown } from './outboxDialog.ts'
import { documentsKey, trashKey } from './queries.ts'
import { notText, whyText } from './refusal.ts'

const OutboxDialog = lazy(async () => ({ default: (await import('./OutboxDialog.tsx')).OutboxDialog }))

/** Many that go through one after the other need one look at the lists, when the last of them has; ms. */
const quietFor = 200

/** Sees to it that lists follow what the outbox has got through, and says what was refused. Once in the page. */
export function OutboxNews() {
  useListsAfterCommands()
  useRefusalToasts()
  useBrokenToast()
  const shown = useOutboxShown()
  return (
    shown && (
      <Suspense fallback={null}>
        <OutboxDialog onClose={() => showOutbox(false)} />
      </Suspense>
    )
  )
}

/** What was executed is laid over the lists until some that were asked for after it have arrived [EVENT-3]. */
function useListsAfterCommands(): void {
  const live = useLive()
  const client = useQueryClient()
  const connection = useConnection()
  const rows = useOutbox()
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when the connection is back
  useEffect(() => {
    const timer = setTimeout(look, quietFor)
    return () => clearTimeout(timer)
  }, [live, client, rows, connection])

  function look(): void {
    const done = rows.filter(({ state }) => state === 'done')
    for (const workspaceId of new Set(done.flatMap((row) => row.workspaceId ?? []))) {
      const executed = live.outbox.executed(workspaceId)
      const again = [documentsKey(workspaceId), trashKey(workspaceId)].map((queryKey) =>
        client.refetchQueries({ queryKey }, { throwOnError: true }),
      )
      Promise.all(again).then(
        () => live.outbox.listed(executed),
        // The lists stay as they were last seen, and the overlay with them.
        () => undefined,
      )
    }
  }
}

/** Rows of the store that cannot be read are set apart, and told of until the person has seen it. */
function useBrokenToast(): void {
  const { t } = useTranslation('documents')
  const { outbox } = useLive()
  useEffect(() => {
    void outbox.broken().then((count) => {
      if (count === 0) return
      const seen = () => void outbox.discardBroken()
      toast.error(t('outbox.broken', { count }), {
        id: 'outbox-broken',
        duration: Number.POSITIVE_INFINITY,
        action: { label: t('outbox.discard'), onClick: seen },
      })
    })
  }, [outbox, t])
}

/** Refused ones of earlier pages are in the list below the tree; these are news. */
function useRefusalToasts(): void {
  const { t } = useTranslation('documents')
  const { t: tKit } = useTranslation('kit')
  const rows = useOutbox()
  const waited = useRef(new Set<CommandId>())
  useEffect(() => {
    for (const row of rows) {
      if (row.state === 'waiting') waited.current.add(row.commandId)
      else if (waited.current.delete(row.commandId) && row.state === 'refused' && row.refusal?.why !== 'needed') {
        toast.error(`${notText(row, t)} ${whyText(row, t, tKit)}`, {
          action: { label: t('outbox.show'), onClick: () => showOutbox(true) },
          duration: 15_000,
        })
      }
    }
  }, [rows, t, tKit])
}
