import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { Button, Dialog } from '../../kit/index.ts'
import { type Importing, showImporting } from './importing.ts'

/** A longer list is not read; the numbers are of all. */
const mostNamed = 100

/** How far an import has come, and when it is over what was left out and why. */
export function ImportDialog({ importing }: { importing: Importing }) {
  const { t } = useTranslation('documents')
  const navigate = useNavigate()
  const { state, made, documents, pictures, leftOut, first, workspaceId, cancel } = importing
  const isOver = state === 'done' || state === 'cancelled'
  const close = (): void => {
    if (!isOver) cancel()
    showImporting(null)
  }
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => !open && isOver && close()}
      title={t(`import.state.${state}`)}
      description={
        <span aria-live="polite">
          {state === 'reading'
            ? t('import.reads')
            : t(isOver ? 'import.made' : 'import.progress', { made, count: isOver ? made : documents, pictures })}
        </span>
      }
    >
      {!isOver && (
        <progress
          className="h-2 w-full accent-accent"
          aria-label={t('import.state.making')}
          {...(documents === 0 ? {} : { max: documents, value: made })}
        />
      )}
      {leftOut.length > 0 && (
        <section aria-labelledby="left-out" className="mt-3">
          <h3 id="left-out" className="font-medium text-sm">
            {t('import.leftOut', { count: leftOut.length })}
          </h3>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys */}
          <ul tabIndex={0} className="mt-1 max-h-56 divide-y divide-line overflow-y-auto border-line border-y text-sm">
            {leftOut.slice(0, mostNamed).map(({ path, why, message }) => (
              <li key={`${path} ${why}`} className="py-1.5">
                <p className="break-all">{path}</p>
                <p className="text-muted text-xs">{message ?? t(`import.left.${why}`)}</p>
              </li>
            ))}
          </ul>
        </section>
      )}
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <Button onClick={isOver ? close : cancel}>{t(isOver ? 'import.close' : 'import.cancel')}</Button>
        {isOver && first !== null && (
          <Button
            look="primary"
            onClick={() => {
              close()
              void navigate(`/w/${workspaceId}/d/${first}`)
            }}
          >
            {t('import.open')}
          </Button>
        )}
      </div>
    </Dialog>
  )
}
