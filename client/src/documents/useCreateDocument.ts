import { useQueryClient } from '@tanstack/react-query'
import type { Document } from '@weft/shared/documents'
import { CommandId, DocumentId, randomId, WeftError, type WorkspaceId } from '@weft/shared/kit'
import { useCallback, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useAccount } from '../auth/index.ts'
import { api, toastProblem } from '../kit/index.ts'
import { useConnection, useLive } from '../live/index.ts'
import { type PendingCreate, PendingCreates } from './pendingCreates.ts'
import { changeList, documentsKey } from './queries.ts'
import { TypeAhead } from './TypeAhead.ts'

/** Being sent by this page right now: a reconnect must not send them a second time beside. */
const underWay = new Set<DocumentId>()

/** Whether asking again cannot help. Anything else is sent again with the next connection. */
const isRefusal = (error: unknown): boolean =>
  error instanceof WeftError && (error.reaction === 'fatal' || error.reaction === 'correct')

function useSendCreate() {
  const live = useLive()
  const client = useQueryClient()
  const { id: userId } = useAccount()
  return useCallback(
    async (create: PendingCreate): Promise<void> => {
      if (underWay.has(create.id)) return
      underWay.add(create.id)
      const { commandId, ...input } = create
      const pending = new PendingCreates(userId)
      try {
        const document = await api.documents.create(input, { context: { commandId } })
        pending.remove(create.id)
        changeList(client, create.workspaceId, (list) => [...list.filter(({ id }) => id !== document.id), document])
        await live.created(create.id)
      } catch (error) {
        if (!isRefusal(error)) return
        // What was written waits beside for its writer [SAVE-8]; only then may the command be forgotten.
        if (!(await live.createRefused(create.id))) return
        pending.remove(create.id)
        toastProblem(error)
        await client.invalidateQueries({ queryKey: documentsKey(create.workspaceId) })
      } finally {
        underWay.delete(create.id)
      }
    },
    [live, client, userId],
  )
}

/** Sends creates that did not get through, whenever there is a connection. Once in the page. */
export function useSendPendingCreates(): void {
  const send = useSendCreate()
  const { id } = useAccount()
  const connection = useConnection()
  useEffect(() => {
    if (connection === 'offline') return
    void (async () => {
      // In their order: a parent is made before what lies below it.
      for (const create of new PendingCreates(id).all()) await send(create)
    })()
  }, [send, id, connection])
}

/** Makes a document that can be written into at once; the server hears of it beside, and later when offline. */
export function useCreateDocument(workspaceId: WorkspaceId): (parentId?: DocumentId | null) => void {
  const live = useLive()
  const client = useQueryClient()
  const navigate = useNavigate()
  const account = useAccount()
  const send = useSendCreate()
  const { t } = useTranslation('documents')
  return useCallback(
    (parentId: DocumentId | null = null) => {
      const create = {
        commandId: CommandId.parse(randomId()),
        id: DocumentId.parse(randomId()),
        workspaceId,
        parentId,
      }
      const typeAhead = new TypeAhead(create.id, t('create'))
      new PendingCreates(account.id).add(create)
      changeList(client, workspaceId, (list) => [...list, draft(create, list, account.id)])
      const open = async () => {
        await live.createLocal(create.id, 'rich')
        void send(create)
        await navigate(`/w/${workspaceId}/d/${create.id}`)
      }
      open().catch((error: unknown) => {
        typeAhead.end()
        toastProblem(error)
      })
    },
    [live, client, navigate, account, send, workspaceId, t],
  )
}

/** How it stands in the list until the server has answered: last among its siblings. */
function draft(create: PendingCreate, list: readonly Document[], createdBy: Document['createdBy']): Document {
  const positions = list.filter(({ parentId }) => parentId === create.parentId).map(({ position }) => position)
  const now = Date.now()
  return {
    id: create.id,
    workspaceId: create.workspaceId,
    parentId: create.parentId,
    position: `${positions.toSorted().at(-1) ?? 'a'}~`,
    title: '',
    kind: 'rich',
    role: 'manage',
    createdBy,
    createdAt: now,
    updatedAt: now,
  }
}
