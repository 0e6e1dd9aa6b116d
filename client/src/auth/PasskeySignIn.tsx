import { Fingerprint } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../kit/index.ts'
import { FormProblem } from './FormProblem.tsx'
import { passkeysWork, signInWithPasskey } from './passkeys.ts'
import { usePasskeyProblem } from './usePasskeyProblem.ts'

/** The way in without a password; nothing where the browser knows none. */
export function PasskeySignIn({ onIn }: { onIn(): Promise<void> }) {
  const { t } = useTranslation('auth')
  const say = usePasskeyProblem()
  const [problem, setProblem] = useState<string | undefined>()
  const [busy, setBusy] = useState(false)
  if (!passkeysWork()) return null
  const start = async () => {
    setBusy(true)
    setProblem(undefined)
    try {
      await signInWithPasskey()
      await onIn()
    } catch (error) {
      setProblem(say(error, 'signIn'))
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="mt-4 flex flex-col gap-4 border-line border-t pt-4">
      <FormProblem text={problem} />
      <Button busy={busy} onClick={() => void start()}>
        <Fingerprint size={16} aria-hidden />
        {t('passkeys.signIn')}
      </Button>
    </div>
  )
}
