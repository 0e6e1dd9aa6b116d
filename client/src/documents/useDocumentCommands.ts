import { useQueryClient } from '@tanstack/react-query'
import type { Document } from '@weft/shared/documents'
import { CommandId, type DocumentId, randomId, type WorkspaceId } from '@weft/shared/kit'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import { toastProblem } from '../kit/index.ts'
import { mostCommands, OutboxFull, useLive } from '../live/index.ts'
import {
  createCommand,
  type DocumentCommand,
  moveCommand,
  removeCommand,
  renameCommand,
  restoreCommand,
} from './commands.ts'
import { changeList, shownLists } from './queries.ts'
import type { Place } from './tree.ts'

/**
 * What one does to the documents of a workspace, with a network and without: each is shown at once and sent when it can be.
 * They resolve with whether it is on its way; if not, the person has been told why.
 */
export function useDocumentCommands(workspaceId: WorkspaceId) {
  const { t } = useTranslation('documents')
  const live = useLive()
  const client = useQueryClient()
  return useMemo(() => {
    const lists = () => shownLists(client, live, workspaceId)
    const add = async (command: DocumentCommand, awaits: DocumentId[] = []): Promise<boolean> => {
      try {
        await live.outbox.add({ ...command, commandId: CommandId.parse(randomId()), awaits })
        return true
      } catch (error) {
        if (error instanceof OutboxFull) toast.error(t('outbox.full', { count: mostCommands }))
        else toastProblem(error)
        return false
      }
    }
    return {
      create: (id: DocumentId, parentId: DocumentId | null) =>
        add(createCommand(lists(), { workspaceId, id, parentId })),

      move: async (document: Document, place: Place): Promise<boolean> => {
        const before = lists()
        if (!(await add(moveCommand(before, document, place)))) return false
        const narrower = before.documents.find(({ id }) => id === place.parentId)?.narrower ?? false
        // Who may open it follows from where it stands: nobody should find that out later.
        if (!document.restricted && narrower !== document.narrower) {
          toast(t(narrower ? 'moved.narrower' : 'moved.wider', { title: document.title || t('untitled') }))
        }
        return true
      },

      /** Where the text is on this device, renaming is an edit of it: it merges with what others write there. */
      rename: async (document: Document, title: string): Promise<boolean> => {
        const { id } = document
        if (!(await live.rename(id, title))) return add(renameCommand(document, title))
        changeList(client, workspaceId, (list) => list.map((one) => (one.id === id ? { ...one, title } : one)))
        await live.outbox.retitle(id, title)
        return true
      },

      remove: async (document: Document): Promise<boolean> => {
        const command = removeCommand(lists(), document)
        const unsent = new Set(await live.unsent())
        // A document in the trash takes no text any more: what was written before goes before [EVENT-4].
        return add(
          command,
          command.writes.filter((id) => unsent.has(id)),
        )
      },

      restore: (document: Document) => add(restoreCommand(live.outbox.rows, document)),
    }
  }, [t, live, client, workspaceId])
}
