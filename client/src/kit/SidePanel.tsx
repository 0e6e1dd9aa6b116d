import { X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from './IconButton.tsx'

interface SidePanelProps {
  title: string
  /** There is room for it at the side; else it lies over the page as a sheet. */
  beside: boolean
  /** What had the keyboard before; null: the panel does not take it. */
  opener: HTMLElement | null
  onClose(): void
  children: ReactNode
}

/** The frame of whatever stands at the side of a document. Escape in it, and its button, close it. */
export function SidePanel({ beside, ...props }: SidePanelProps) {
  return beside ? <Beside {...props} /> : <Sheet {...props} />
}

type Frame = Omit<SidePanelProps, 'beside'>

/** The keyboard goes to where it came from; what is gone has the page in its place. */
function giveBack(opener: HTMLElement | null): void {
  const main = document.getElementById('main')
  const target = opener?.isConnected && opener !== document.body ? opener : main
  target?.focus({ preventScroll: true })
}

function Beside({ title, opener, onClose, children }: Frame) {
  const panel = useRef<HTMLElement>(null)
  useEffect(() => {
    if (opener !== null) panel.current?.focus({ preventScroll: true })
  }, [opener])
  const close = () => {
    onClose()
    giveBack(opener)
  }
  return (
    <aside
      ref={panel}
      aria-label={title}
      tabIndex={-1}
      data-testid="side-panel"
      onKeyDown={(event) => {
        // A list or a hint that is open in it takes the key first.
        if (event.key !== 'Escape' || event.defaultPrevented) return
        event.preventDefault()
        close()
      }}
      className="flex w-80 shrink-0 flex-col border-line border-l bg-canvas focus:outline-none"
    >
      <Head title={<h2 className="truncate font-semibold text-base">{title}</h2>} onClose={close} />
      <Body>{children}</Body>
    </aside>
  )
}

function Sheet({ title, opener, onClose, children }: Frame) {
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-30 animate-appear bg-black/40" />
        <Dialog.Content
          aria-describedby={undefined}
          data-testid="side-panel"
          onOpenAutoFocus={(event) => {
            // Not to its button for closing, whose hint would be in the way.
            event.preventDefault()
            if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus()
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            giveBack(opener)
          }}
          className="fixed inset-y-0 right-0 z-40 flex w-[min(24rem,calc(100vw-2.5rem))] animate-sheet flex-col border-line border-l bg-canvas text-ink shadow-lg focus:outline-none"
        >
          <Head
            title={<Dialog.Title className="truncate font-semibold text-base">{title}</Dialog.Title>}
            onClose={onClose}
          />
          <Body>{children}</Body>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function Head({ title, onClose }: { title: ReactNode; onClose(): void }) {
  const { t } = useTranslation('kit')
  return (
    <div className="flex h-12 shrink-0 items-center justify-between gap-2 border-line border-b pr-2 pl-4">
      {title}
      <IconButton icon={X} label={t('close')} onClick={onClose} />
    </div>
  )
}

const Body = ({ children }: { children: ReactNode }) => (
  <div
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what it holds may have nothing to go to, and must scroll all the same
    tabIndex={0}
    data-scrolls
    className="relative min-h-0 flex-1 overflow-y-auto overscroll-contain px-3 pb-6 focus-visible:-outline-offset-2"
  >
    {children}
  </div>
)
