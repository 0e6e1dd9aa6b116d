import { lazy, Suspense } from 'react'
import { useImporting } from './importing.ts'

const ImportDialog = lazy(async () => ({ default: (await import('./ImportDialog.tsx')).ImportDialog }))

/** Shows an import while there is one. Once in the page. */
export function ImportNews() {
  const importing = useImporting()
  return (
    importing && (
      <Suspense fallback={null}>
        <ImportDialog importing={importing} />
      </Suspense>
    )
  )
}
