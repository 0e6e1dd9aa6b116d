import { X } from 'lucide-react'
import { Dialog as Radix, AlertDialog as RadixAlert } from 'radix-ui'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { BareIconButton, Button } from './Button.tsx'

const veil = 'fixed inset-0 z-50 animate-appear bg-black/40'
const box =
  'fixed top-[12vh] left-1/2 z-50 max-h-[80vh] w-[calc(100vw-2rem)] -translate-x-1/2 overflow-y-auto rounded-xl border border-line bg-raised p-5 text-ink shadow-lg focus:outline-none'

/** A window over the page for one task. Escape and a click outside close it. */
export function Dialog(props: {
  open: boolean
  onOpenChange(open: boolean): void
  title: string
  description?: ReactNode
  wide?: boolean
  children: ReactNode
}) {
  const { t } = useTranslation('kit')
  return (
    <Radix.Root open={props.open} onOpenChange={props.onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={veil} />
        <Radix.Content
          className={`${box} ${props.wide ? 'max-w-xl' : 'max-w-md'}`}
          {...(props.description === undefined ? { 'aria-describedby': undefined } : {})}
        >
          <div className="mb-4 flex items-start justify-between gap-4">
            <div className="min-w-0">
              <Radix.Title className="font-semibold text-lg">{props.title}</Radix.Title>
              {props.description !== undefined && (
                <Radix.Description className="mt-1 text-muted text-sm">{props.description}</Radix.Description>
              )}
            </div>
            <Radix.Close asChild>
              <BareIconButton icon={X} label={t('close')} className="-mt-0.5 -mr-1.5" />
            </Radix.Close>
          </div>
          {props.children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** A question before something that cannot simply be undone. Only its two buttons and Escape answer it. */
export function AlertDialog(props: {
  open: boolean
  onOpenChange(open: boolean): void
  title: string
  description: ReactNode
  action: string
  danger?: boolean
  busy?: boolean
  onAction(): void
}) {
  const { t } = useTranslation('kit')
  return (
    <RadixAlert.Root open={props.open} onOpenChange={props.onOpenChange}>
      <RadixAlert.Portal>
        <RadixAlert.Overlay className={veil} />
        <RadixAlert.Content className={`${box} max-w-md`}>
          <RadixAlert.Title className="font-semibold text-lg">{props.title}</RadixAlert.Title>
          <RadixAlert.Description asChild>
            <div className="mt-1.5 text-muted text-sm">{props.description}</div>
          </RadixAlert.Description>
          <div className="mt-5 flex flex-wrap justify-end gap-2">
            <RadixAlert.Cancel asChild>
              <Button>{t('cancel')}</Button>
            </RadixAlert.Cancel>
            <Button look={props.danger ? 'danger' : 'primary'} busy={props.busy ?? false} onClick={props.onAction}>
              {props.action}
            </Button>
          </div>
        </RadixAlert.Content>
      </RadixAlert.Portal>
    </RadixAlert.Root>
  )
}
