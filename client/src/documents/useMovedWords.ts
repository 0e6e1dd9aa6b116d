import type { DocumentId } from '@weft/shared/kit'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TreeLine } from './tree.ts'

/** Where what one has moved stands now, for those who do not see it: said once, when the tree shows it. */
export function useMovedWords(lines: readonly TreeLine[]): { said: string; sayMoved(id: DocumentId): void } {
  const { t } = useTranslation('documents')
  const [said, setSaid] = useState('')
  const known = useRef(lines)
  known.current = lines
  const waits = useRef<{ id: DocumentId; from: string } | null>(null)
  const sayMoved = useCallback((id: DocumentId) => {
    waits.current = { id, from: placeIn(known.current, id) }
  }, [])
  useEffect(() => {
    const moved = waits.current
    const line = lines.find(({ node }) => node.document.id === moved?.id)
    if (moved === null || line === undefined || placeIn(lines, moved.id) === moved.from) return
    waits.current = null
    const parent = lines.find(({ node }) => node.document.id === line.parentId)?.node.document
    const words = { title: line.node.document.title || t('untitled'), at: line.at + 1, of: line.of }
    setSaid(
      parent === undefined
        ? t('tree.movedTop', words)
        : t('tree.movedBelow', { ...words, parent: parent.title || t('untitled') }),
    )
  }, [lines, t])
  return { said, sayMoved }
}

function placeIn(lines: readonly TreeLine[], id: DocumentId): string {
  const line = lines.find(({ node }) => node.document.id === id)
  return line === undefined ? '' : `${line.parentId} ${line.at}`
}
