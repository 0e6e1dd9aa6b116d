import { fetchedFrom, type LinkPreview } from '@weft/shared/files'
import { type RefObject, useEffect, useState } from 'react'
import { HoverCardAt } from '../../kit/index.ts'
import { linkUnder } from './linkUnder.ts'
import { previewOf } from './previewOf.ts'

/** The pointer has to rest on a link before anybody is asked about it; ms. */
const rest = 250

/** What the page says of itself to which the link under the pointer leads. Nobody elsewhere hears of the reader. */
export function LinkCards({ within }: { within: RefObject<HTMLElement | null> }) {
  const [over, setOver] = useState<{ link: HTMLAnchorElement; preview: LinkPreview } | null>(null)
  useEffect(() => {
    const element = within.current
    if (element === null) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let wanted: HTMLAnchorElement | null = null
    const close = (): void => {
      clearTimeout(timer)
      wanted = null
      setOver(null)
    }
    const look = async (link: HTMLAnchorElement): Promise<void> => {
      const preview = await previewOf(link.href)
      if (wanted === link && preview !== null) setOver({ link, preview })
    }
    const follow = ({ target, pointerType }: PointerEvent): void => {
      const link = pointerType === 'mouse' ? linkUnder(target, location.origin) : null
      if (link === wanted) return
      close()
      wanted = link
      if (link !== null) timer = setTimeout(() => void look(link), rest)
    }
    element.addEventListener('pointerover', follow)
    element.addEventListener('pointerleave', close)
    element.addEventListener('pointerdown', close)
    window.addEventListener('keydown', close, true)
    return () => {
      clearTimeout(timer)
      element.removeEventListener('pointerover', follow)
      element.removeEventListener('pointerleave', close)
      element.removeEventListener('pointerdown', close)
      window.removeEventListener('keydown', close, true)
    }
  }, [within])
  return (
    <HoverCardAt over={over?.link ?? null} atOnce={false}>
      {() => over && <LinkCard preview={over.preview} />}
    </HoverCardAt>
  )
}

function LinkCard({ preview: { title, description, site, picture } }: { preview: LinkPreview }) {
  const [shown, setShown] = useState(true)
  return (
    <div className="flex w-64 flex-col gap-1" data-testid="link-card">
      {picture !== null && shown && (
        <img
          src={fetchedFrom(picture)}
          alt=""
          className="mb-1 h-32 w-full rounded-md bg-sunken object-cover"
          onError={() => setShown(false)}
        />
      )}
      <p className="line-clamp-2 font-medium">{title}</p>
      {description !== null && <p className="line-clamp-3 text-muted">{description}</p>}
      <p className="truncate text-faint text-xs">{site}</p>
    </div>
  )
}
