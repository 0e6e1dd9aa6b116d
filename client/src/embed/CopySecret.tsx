import { Check, Copy } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, copyText, Input } from '../kit/index.ts'

/** A secret to take along; where the browser does not let us copy, it is selected to be copied by hand. */
export function CopySecret({ label, secret }: { label: string; secret: string }) {
  const { t } = useTranslation('embed')
  const input = useRef<HTMLInputElement>(null)
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    input.current?.select()
    setCopied(await copyText(secret))
  }
  return (
    <div className="flex gap-2">
      <Input
        ref={input}
        aria-label={label}
        data-testid="key-secret"
        readOnly
        value={secret}
        onFocus={(event) => event.target.select()}
        className="font-mono"
      />
      <Button look="primary" onClick={copy}>
        {copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
        <span aria-live="polite">{t(copied ? 'key.copied' : 'key.copy')}</span>
      </Button>
    </div>
  )
}
