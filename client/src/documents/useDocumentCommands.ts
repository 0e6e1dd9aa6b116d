import { useQueryClient } from '@tanstack/react-query'
import type { Document } from '@weft/shared/documents'
import { CommandId, type DocumentId, randomId, type WorkspaceId } from '@weft/shared/kit'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import { toastProblem } from '../kit/index.ts'
import { mostCommands, OutboxFull, useLive } from '../live/index.ts'
import {
  archiveCommand,
  createCommand,
  type DocumentCommand,
  duplicateCommand,
  iconCommand,
  moveCommand,
  removeCommand,
  renameCommand,
  restoreCommand,
  starCommand,
  templateCommand,
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
    /** Of what a command is about, the documents with text that the server does not have yet. */
    const unsentOf = async ({ writes }: Pick<DocumentCommand, 'writes'>): Promise<DocumentId[]> => {
      const unsent = new Set(await live.unsent())
      return writes.flatMap((id) => (id !== 'inbox' && unsent.has(id) ? [id] : []))
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
        // A document in the trash takes no text any more: what was written before goes before [EVENT-4].
        return add(command, await unsentOf(command))
      },

      setIcon: (document: Document, icon: string | null) => add(iconCommand(document, icon)),
      setStar: (document: Document, starred: boolean) => add(starCommand(document, starred)),
      setTemplate: (document: Document, template: boolean) => add(templateCommand(document, template)),
      unarchive: (document: Document) => add(archiveCommand(lists(), document, false)),

      /** As into the trash: text that is still on its way goes first, since nobody writes in an archived document. */
      archive: async (document: Document): Promise<boolean> => {
        const command = archiveCommand(lists(), document, true)
        return add(command, await unsentOf(command))
      },

      /** The copy has what was written here before [EVENT-4]. */
      duplicate: async (
        document: Document,
        copy: { id: DocumentId; title: string; withBelow: boolean } & Place,
      ): Promise<boolean> => {
        const command = duplicateCommand(lists(), document, copy)
        return add(command, await unsentOf({ ...command, writes: command.reads }))
      },

      restore: (document: Document) => add(restoreCommand(live.outbox.rows, document)),
    }
  }, [t, live, client, workspaceId])
}
