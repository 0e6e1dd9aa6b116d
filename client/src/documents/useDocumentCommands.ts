import { useQueryClient } from '@tanstack/react-query'
import type { Document } from '@weft/shared/documents'
import { CommandId, type DocumentId, randomId, type WorkspaceId } from '@weft/shared/kit'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import { toastProblem } from '../kit/index.ts'
import { mostCommands, type NewCommand, OutboxFull, useLive } from '../live/index.ts'
import { changeList, shownLists } from './queries.ts'
import { ancestorsOf, type Place, withDescendants } from './tree.ts'

const known = (...ids: (DocumentId | null | undefined)[]): DocumentId[] =>
  ids.filter((id) => id !== null && id !== undefined)

/**
 * What one does to the documents of a workspace, with a network and without: each is shown at once and sent when it can be.
 * They resolve with whether it is on its way; if not, the person has been told why.
 */
export function useDocumentCommands(workspaceId: WorkspaceId) {
  const { t } = useTranslation('documents')
  const live = useLive()
  const client = useQueryClient()
  return useMemo(() => {
    type Command = Pick<NewCommand, 'call' | 'title' | 'writes'> & Partial<NewCommand>
    const add = async (command: Command): Promise<boolean> => {
      try {
        const commandId = CommandId.parse(randomId())
        await live.outbox.add({ commandId, workspaceId, reads: [], awaits: [], ...command })
        return true
      } catch (error) {
        if (error instanceof OutboxFull) toast.error(t('outbox.full', { count: mostCommands }))
        else toastProblem(error)
        return false
      }
    }
    const shown = () => shownLists(client, live, workspaceId)

    return {
      create: (id: DocumentId, parentId: DocumentId | null) =>
        add({
          call: { name: 'documents.create', input: { workspaceId, id, parentId, title: '', kind: 'rich' } },
          title: '',
          writes: [id],
          reads: known(parentId),
        }),

      move: ({ id: documentId, title, parentId: from }: Document, { parentId, afterId }: Place) =>
        add({
          call: { name: 'documents.move', input: { documentId, parentId, afterId } },
          title,
          writes: [documentId],
          // What it leaves may go to the trash after it, and must not take it along.
          reads: known(parentId, afterId, from),
        }),

      /** Where the text is on this device, renaming is an edit of it: it merges with what others write there. */
      rename: async ({ id: documentId, title: before }: Document, title: string): Promise<boolean> => {
        if (await live.rename(documentId, title)) {
          changeList(client, workspaceId, (list) =>
            list.map((document) => (document.id === documentId ? { ...document, title } : document)),
          )
          await live.outbox.retitle(documentId, title)
          return true
        }
        const call = { name: 'documents.rename' as const, input: { documentId, title } }
        return add({ call, title: before, writes: [documentId] })
      },

      remove: async ({ id: documentId, title }: Document): Promise<boolean> => {
        const { documents } = shown()
        const gone = [...withDescendants(documents, documentId)]
        const unsent = new Set(await live.unsent())
        return add({
          call: { name: 'documents.remove', input: { documentId } },
          title,
          writes: gone,
          reads: ancestorsOf(documents, documentId).map(({ id }) => id),
          // A document in the trash takes no text any more: what was written before goes before [EVENT-4].
          awaits: gone.filter((id) => unsent.has(id)),
        })
      },

      restore: ({ id: documentId, title, parentId }: Document) =>
        add({
          call: { name: 'documents.restore', input: { documentId } },
          title,
          writes: [documentId],
          reads: known(parentId),
        }),
    }
  }, [t, live, client, workspaceId])
}
