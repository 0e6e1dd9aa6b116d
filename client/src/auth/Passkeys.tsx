import { type AccountSecurity, type Passkey, passkeyLimits } from '@weft/shared/auth'
import { Fingerprint, Pencil, Trash2 } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import { AlertDialog, Button, Dialog, Field, IconButton, toastProblem } from '../kit/index.ts'
import { deviceWords } from './deviceWords.ts'
import { addPasskey, passkeysWork, removePasskey, renamePasskey } from './passkeys.ts'
import { usePasskeyProblem } from './usePasskeyProblem.ts'
import { useSecurityChanged } from './useSecurity.ts'

type Task = { is: 'add' } | { is: 'rename' | 'remove'; passkey: Passkey }

/** The ways in without a password: added with a name, renamed, removed. */
export function Passkeys({ security }: { security: Pick<AccountSecurity, 'hasPassword' | 'passkeys'> }) {
  const { t } = useTranslation('auth')
  const changed = useSecurityChanged()
  const [task, setTask] = useState<Task | null>(null)
  const { hasPassword, passkeys } = security
  if (!hasPassword) return <p className="max-w-prose text-muted text-sm">{t('passkeys.elsewhere')}</p>
  const works = passkeysWork()
  const close = () => setTask(null)
  const save = async (name: string) => {
    if (task?.is === 'rename') await renamePasskey(task.passkey.id, name)
    else {
      await addPasskey(name)
      toast.success(t('passkeys.added'))
    }
    close()
    await changed()
  }
  const remove = async ({ id }: Passkey) => {
    try {
      await removePasskey(id)
    } catch (error) {
      toastProblem(error)
    }
    close()
    await changed()
  }
  return (
    <div className="flex flex-col items-start gap-4">
      <p className="max-w-prose text-pretty text-muted text-sm">{t(works ? 'passkeys.text' : 'passkeys.notHere')}</p>
      {passkeys.length > 0 && (
        <ul className="w-full divide-y divide-line border-line border-y" data-testid="passkeys">
          {passkeys.map((passkey) => (
            <PasskeyRow key={passkey.id} passkey={passkey} onTask={(is) => setTask({ is, passkey })} />
          ))}
        </ul>
      )}
      {works && passkeys.length < passkeyLimits.count && (
        <Button onClick={() => setTask({ is: 'add' })}>{t('passkeys.start')}</Button>
      )}
      <Dialog
        open={task !== null && task.is !== 'remove'}
        onOpenChange={close}
        title={t(task?.is === 'rename' ? 'passkeys.renameTitle' : 'passkeys.addTitle')}
      >
        <NameForm given={task?.is === 'rename' ? task.passkey.name : null} onSave={save} />
      </Dialog>
      <AlertDialog
        open={task?.is === 'remove'}
        onOpenChange={close}
        title={t('passkeys.removeTitle', { name: task?.is === 'remove' ? task.passkey.name : '' })}
        description={t('passkeys.removeText')}
        action={t('passkeys.remove')}
        danger
        onAction={() => task?.is === 'remove' && void remove(task.passkey)}
      />
    </div>
  )
}

function PasskeyRow({ passkey, onTask }: { passkey: Passkey; onTask(is: 'rename' | 'remove'): void }) {
  const { t, i18n } = useTranslation('auth')
  const { name, addedAt } = passkey
  const day = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium' })
  return (
    <li className="flex min-h-14 items-center gap-3 py-2">
      <Fingerprint size={20} aria-hidden className="shrink-0 text-faint" />
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium text-sm">{name}</p>
        <p className="truncate text-muted text-xs">{t('passkeys.addedAt', { when: day.format(addedAt) })}</p>
      </div>
      <IconButton icon={Pencil} label={t('passkeys.renameNamed', { name })} onClick={() => onTask('rename')} />
      <IconButton icon={Trash2} label={t('passkeys.removeNamed', { name })} onClick={() => onTask('remove')} />
    </li>
  )
}

/** `given`: the name that it has; null: it is made now. */
function NameForm({ given, onSave }: { given: string | null; onSave(name: string): Promise<void> }) {
  const { t } = useTranslation('auth')
  const say = usePasskeyProblem()
  const { browser, system } = deviceWords(navigator.userAgent)
  const [error, setError] = useState<string | undefined>()
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const name = String(new FormData(event.currentTarget).get('passkey') ?? '').trim()
    if (name === '') return setError(t('error.passkeyName'))
    setBusy(true)
    setError(undefined)
    try {
      await onSave(name)
    } catch (problem) {
      setError(say(problem, 'add'))
      setBusy(false)
    }
  }
  const guess = browser !== null && system !== null ? t('devices.name', { browser, system }) : ''
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      <Field
        label={t('passkeys.name')}
        name="passkey"
        defaultValue={given ?? guess}
        maxLength={passkeyLimits.name}
        autoFocus
        {...(given === null ? { hint: t('passkeys.nameHint') } : {})}
        error={error}
      />
      <Button type="submit" look="primary" busy={busy} className="self-end">
        {t(given === null ? 'passkeys.add' : 'passkeys.rename')}
      </Button>
    </form>
  )
}
