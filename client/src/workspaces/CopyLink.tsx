import { Check, Copy } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, copyText, Input } from '../kit/index.ts'

/** A link to hand on; where the browser does not let us copy, it is selected to be copied by hand. */
export function CopyLink({ label, url }: { label: string; url: string }) {
  const { t } = useTranslation('workspaces')
  const input = useRef<HTMLInputElement>(null)
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    input.current?.select()
    setCopied(await copyText(url))
  }
  return (
    <div className="flex gap-2">
      <Input
        ref={input}
        aria-label={label}
        data-testid="invite-link"
        readOnly
        value={url}
        onFocus={(event) => event.target.select()}
      />
      <Button look="primary" onClick={copy}>
        {copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
        <span aria-live="polite">{t(copied ? 'invite.copied' : 'invite.copy')}</span>
      </Button>
    </div>
  )
}
