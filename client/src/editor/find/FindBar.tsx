import type { Editor } from '@tiptap/core'
import { ArrowDown, ArrowUp, CaseSensitive, ChevronDown, ChevronRight, WholeWord, X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { keyNames, ToolbarButton } from '../toolbar/ToolbarButton.tsx'
import { find, replaceActive, replaceAll, selectActive, step } from './finding.ts'
import { mostHits } from './matches.ts'
import { useHits } from './useHits.ts'
import './find.css'

interface FindBarProps {
  editor: Editor
  readOnly: boolean
  /** What was selected when it opened, and how often it has been asked for. */
  asked: { query: string; times: number }
  onClose(): void
}

/** Finds words in the text, and puts others in their place. Its own keys: Enter, Shift+Enter, Escape. */
export function FindBar({ editor, readOnly, asked, onClose }: FindBarProps) {
  const { t } = useTranslation('editor')
  const field = useRef<HTMLInputElement>(null)
  const [query, setQuery] = useState(asked.query)
  const [caseSensitive, setCaseSensitive] = useState(false)
  const [wholeWord, setWholeWord] = useState(false)
  const [replacing, setReplacing] = useState(false)
  const [text, setText] = useState('')
  const [said, setSaid] = useState('')
  const { count, active } = useHits(editor)

  useEffect(() => {
    if (asked.query !== '') setQuery(asked.query)
    field.current?.focus()
    field.current?.select()
  }, [asked])
  useEffect(() => {
    setSaid('')
    find(editor, { query, caseSensitive, wholeWord })
  }, [editor, query, caseSensitive, wholeWord])
  useEffect(() => () => find(editor, null), [editor])

  const close = () => {
    selectActive(editor)
    editor.view.focus()
    onClose()
  }
  const all = () => {
    const done = replaceAll(editor, text)
    setSaid(t('find.replaced', { count: done }))
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      close()
    } else if (event.key === 'F3' || ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'g')) {
      event.preventDefault()
      step(editor, event.shiftKey ? -1 : 1)
    }
  }
  const word = () => {
    if (said !== '') return said
    if (query === '') return ''
    if (count === 0) return t('find.none')
    const many = count >= mostHits ? `${count}+` : String(count)
    return active === null ? t('find.count', { count, many }) : t('find.place', { at: active + 1, many })
  }
  return (
    <div className="weft-find-place">
      <search className="weft-menu weft-find" aria-label={t('find.label')} onKeyDown={onKey}>
        <div className="weft-find-row">
          {!readOnly && (
            <ToolbarButton
              icon={replacing ? ChevronDown : ChevronRight}
              label={t('find.showReplace')}
              expanded={replacing}
              onPress={() => setReplacing(!replacing)}
            />
          )}
          <input
            ref={field}
            type="text"
            aria-label={t('find.query')}
            placeholder={t('find.query')}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
              event.preventDefault()
              step(editor, event.shiftKey ? -1 : 1)
            }}
          />
          <output className="weft-find-count">{word()}</output>
        </div>
        <div className="weft-find-row weft-find-tools">
          <ToolbarButton
            icon={CaseSensitive}
            label={t('find.case')}
            active={caseSensitive}
            onPress={() => setCaseSensitive(!caseSensitive)}
          />
          <ToolbarButton
            icon={WholeWord}
            label={t('find.word')}
            active={wholeWord}
            onPress={() => setWholeWord(!wholeWord)}
          />
          <span className="weft-tool-gap" />
          <ToolbarButton
            icon={ArrowUp}
            label={t('find.previous')}
            keys={keyNames('Shift+Enter')}
            disabled={count === 0}
            onPress={() => step(editor, -1)}
          />
          <ToolbarButton
            icon={ArrowDown}
            label={t('find.next')}
            keys="Enter"
            disabled={count === 0}
            onPress={() => step(editor, 1)}
          />
          <ToolbarButton icon={X} label={t('find.close')} keys="Esc" onPress={close} />
        </div>
        {replacing && !readOnly && (
          <div className="weft-find-row weft-find-replace">
            <input
              type="text"
              aria-label={t('find.replacement')}
              placeholder={t('find.replacement')}
              value={text}
              onChange={(event) => setText(event.target.value)}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
                event.preventDefault()
                replaceActive(editor, text)
              }}
            />
            {/* Never disabled: with the last hit the keyboard would have no place. */}
            <button type="button" className="weft-find-do" onClick={() => replaceActive(editor, text)}>
              {t('find.replace')}
            </button>
            <button type="button" className="weft-find-do" onClick={all}>
              {t('find.replaceAll')}
            </button>
          </div>
        )}
      </search>
    </div>
  )
}
