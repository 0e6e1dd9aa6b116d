import type { Editor } from '@tiptap/core'
import { TextSelection } from '@tiptap/pm/state'
import type { DocumentId } from '@weft/shared/kit'
import { useTranslation } from 'react-i18next'
import { closePanel } from '../../kit/index.ts'
import { useOpenEditor } from '../openEditor.ts'
import { reveal } from '../reveal.ts'
import type { Counts } from './counts.ts'
import type { HeadingPlace } from './headings.ts'
import { useOutline, useReadHeading } from './useOutline.ts'

/** The headings of the open document, and how long it is. */
export function OutlinePanel({ documentId }: { documentId: DocumentId }) {
  const { t } = useTranslation('editor')
  const editor = useOpenEditor(documentId)
  return editor === null ? <p className="pt-4 text-muted text-sm">{t('outline.none')}</p> : <Outline editor={editor} />
}

function Outline({ editor }: { editor: Editor }) {
  const { t, i18n } = useTranslation('editor')
  const { headings, all, selected } = useOutline(editor)
  const current = useReadHeading(editor, headings)
  const number = new Intl.NumberFormat(i18n.language)
  const say = ({ words, characters }: Counts) =>
    `${t('outline.words', { count: words, many: number.format(words) })}, ${t('outline.characters', { count: characters, many: number.format(characters) })}`
  const go = ({ at }: HeadingPlace, from: Element) => {
    // As a sheet it lies over what one wants to see.
    if (from.closest('[role="dialog"]')) closePanel()
    const dom = editor.isDestroyed ? null : editor.view.nodeDOM(at)
    if (!(dom instanceof HTMLElement)) return
    reveal(dom, 'start')
    // Whoever may write goes on there.
    if (!editor.isEditable || matchMedia('(hover: none)').matches) return
    editor.view.dispatch(editor.state.tr.setSelection(TextSelection.near(editor.state.doc.resolve(at + 1))))
    editor.view.focus()
  }
  return (
    <>
      {headings.length === 0 ? (
        <p className="pt-4 text-muted text-sm">{t('outline.none')}</p>
      ) : (
        <ol className="flex flex-col gap-0.5 pt-3" aria-label={t('outline.headings')}>
          {headings.map((heading, i) => (
            <li key={heading.at}>
              <button
                type="button"
                aria-current={i === current ? 'location' : undefined}
                style={{ paddingInlineStart: `${0.5 + heading.depth * 0.875}rem` }}
                className="block min-h-8 w-full truncate rounded-md py-1 pr-2 text-left text-muted text-sm hover:bg-hover hover:text-ink aria-[current]:bg-accent-soft aria-[current]:text-accent"
                onClick={(event) => go(heading, event.currentTarget)}
              >
                {heading.text}
              </button>
            </li>
          ))}
        </ol>
      )}
      <dl className="mt-5 flex flex-col gap-1 border-line border-t pt-3 text-sm" data-testid="counts">
        <div>
          <dt className="sr-only">{t('outline.document')}</dt>
          <dd className="text-muted">{say(all)}</dd>
        </div>
        {selected && (
          <div>
            <dt className="inline text-muted">{t('outline.selected')}: </dt>
            <dd className="inline">{say(selected)}</dd>
          </div>
        )}
      </dl>
    </>
  )
}
