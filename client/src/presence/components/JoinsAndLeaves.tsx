import type { UserId } from '@weft/shared/kit'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reader } from '../readers.ts'

/** Says politely who comes and goes; whoever is here at the start is not news. */
export function JoinsAndLeaves({ readers }: { readers: readonly Reader[] }) {
  const { t } = useTranslation('presence')
  const before = useRef<ReadonlyMap<UserId, string> | null>(null)
  const [words, setWords] = useState('')
  useEffect(() => {
    const here = new Map(
      readers.filter(({ presence }) => presence !== 'gone').map(({ person }) => [person.id, person.name]),
    )
    const known = before.current
    before.current = here
    if (known === null) return
    const joined = [...here].filter(([id]) => !known.has(id)).map(([, name]) => t('joined', { name }))
    const left = [...known].filter(([id]) => !here.has(id)).map(([, name]) => t('left', { name }))
    if (joined.length + left.length > 0) setWords([...joined, ...left].join(' '))
  }, [readers, t])
  return (
    <span role="status" aria-live="polite" className="sr-only">
      {words}
    </span>
  )
}
