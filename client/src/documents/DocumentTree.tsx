import type { DocumentId, WorkspaceId } from '@weft/shared/kit'
import { mayCreateDocuments } from '@weft/shared/workspaces'
import { FilePlus2, FileUp, Plus } from 'lucide-react'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, ErrorState, IconButton, Loading, Skeleton } from '../kit/index.ts'
import { useWorkspace } from '../workspaces/index.ts'
import { NewFromTemplate } from './NewFromTemplate.tsx'
import { useDocuments } from './queries.ts'
import { Starred } from './Starred.tsx'
import { TreeList } from './TreeList.tsx'
import { buildTree, linesOf } from './tree.ts'
import { useCollapsed } from './useCollapsed.ts'
import { useCreateDocument } from './useCreateDocument.ts'
import { pickMarkdown, useImportMarkdown } from './useImportMarkdown.ts'
import { WaitingLine } from './WaitingLine.tsx'

/** The sidebar's tree of documents. */
export function DocumentTree({ workspaceId, current }: { workspaceId: WorkspaceId; current: DocumentId | null }) {
  const { t } = useTranslation('documents')
  const documents = useDocuments(workspaceId)
  const { data: workspace } = useWorkspace(workspaceId)
  const create = useCreateDocument(workspaceId)
  const importFiles = useImportMarkdown(workspaceId)
  const { collapsed, setCollapsed } = useCollapsed(workspaceId)
  const tree = useMemo(() => buildTree(documents.data ?? []), [documents.data])
  const mayCreate = workspace !== undefined && mayCreateDocuments(workspace.role)
  const lines = useMemo(() => linesOf(tree, collapsed), [tree, collapsed])
  const createBelow = useCallback(
    (parentId: DocumentId) => {
      setCollapsed(parentId, false)
      create(parentId)
    },
    [create, setCollapsed],
  )

  return (
    <>
      <Starred workspaceId={workspaceId} current={current} />
      <div className="flex h-8 items-center justify-between pr-1 pl-2">
        <h2 className="font-medium text-faint text-xs">{t('tree.title')}</h2>
        {mayCreate && (
          <div className="flex">
            <NewFromTemplate workspaceId={workspaceId} />
            <IconButton icon={FileUp} label={t('import.action')} onClick={() => pickMarkdown(importFiles)} />
            <IconButton icon={Plus} label={t('create')} keys="N" data-testid="new-document" onClick={() => create()} />
          </div>
        )}
      </div>
      {documents.data === undefined ? (
        documents.isError ? (
          <ErrorState error={documents.error} onRetry={() => void documents.refetch()} />
        ) : (
          <Loading>
            <div className="flex flex-col gap-2.5 px-2 py-1.5">
              {['w-4/5', 'w-3/5', 'w-2/3', 'w-1/2'].map((width) => (
                <Skeleton key={width} className={`h-4 ${width}`} />
              ))}
            </div>
          </Loading>
        )
      ) : tree.length === 0 ? (
        mayCreate && (
          <Button look="plain" size="sm" className="w-full justify-start" onClick={() => create()}>
            <FilePlus2 size={16} aria-hidden />
            {t('tree.first')}
          </Button>
        )
      ) : (
        <TreeList
          workspaceId={workspaceId}
          tree={tree}
          lines={lines}
          current={current}
          setCollapsed={setCollapsed}
          onCreate={mayCreate ? createBelow : undefined}
        />
      )}
      <WaitingLine />
    </>
  )
}
