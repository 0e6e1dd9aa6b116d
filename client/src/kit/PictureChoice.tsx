import { type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './Button.tsx'
import { problemText } from './problem.ts'
import { NoPictureError, type PictureBounds, squarePicture } from './squarePicture.ts'

/** A picture with the ways to another one, or to none. What was chosen is shown at once, and taken back when it is refused. */
export function PictureChoice(props: {
  label: string
  image: string | null
  bounds: PictureBounds
  preview(image: string | null): ReactNode
  /** The picture in base64; null: none. Rejects when it was not taken. */
  onChoose(picture: string | null): Promise<unknown>
}) {
  const { t } = useTranslation('kit')
  const input = useRef<HTMLInputElement>(null)
  const [said, setSaid] = useState<{ image: string | null } | null>(null)
  const [problem, setProblem] = useState<string | undefined>()
  const shown = said === null ? props.image : said.image

  const choose = async (file: File | null) => {
    setProblem(undefined)
    try {
      const picture = file === null ? null : await squarePicture(file, props.bounds)
      setSaid({ image: picture === null ? null : `data:image/webp;base64,${picture}` })
      await props.onChoose(picture)
    } catch (error) {
      setProblem(error instanceof NoPictureError ? t('picture.none') : problemText(error, t))
    } finally {
      setSaid(null)
    }
  }

  return (
    <div className="flex items-center gap-4">
      {props.preview(shown)}
      <div className="flex min-w-0 flex-col gap-2">
        <div className="flex flex-wrap gap-2">
          <input
            ref={input}
            type="file"
            accept="image/*"
            className="sr-only"
            tabIndex={-1}
            aria-label={props.label}
            onChange={({ target }) => {
              const [file] = target.files ?? []
              if (file !== undefined) void choose(file)
              // The same file may be chosen again.
              target.value = ''
            }}
          />
          <Button size="sm" busy={said !== null} onClick={() => input.current?.click()}>
            {t('picture.choose')}
          </Button>
          {shown !== null && (
            <Button size="sm" look="plain" busy={said !== null} onClick={() => void choose(null)}>
              {t('picture.remove')}
            </Button>
          )}
        </div>
        <div role="alert" className="empty:hidden">
          {problem !== undefined && <p className="text-danger text-sm">{problem}</p>}
        </div>
      </div>
    </div>
  )
}
