import type { SignUpState } from '@weft/shared/auth'
import { useEffect, useState } from 'react'
import { api } from '../kit/index.ts'

interface Answer {
  state?: SignUpState
  error?: unknown
}

/** Who may make an account, and by which ways; asked when the page opens, and again by `retry`. */
export function useSignUpState(): Answer & { retry(): void } {
  const [answer, setAnswer] = useState<Answer & { asked: number }>({ asked: 0 })
  const { asked } = answer
  useEffect(() => {
    let wanted = true
    const show = (next: Answer) => {
      if (wanted) setAnswer({ ...next, asked })
    }
    api.auth.signUpState().then(
      (state) => show({ state }),
      (error: unknown) => show({ error }),
    )
    return () => {
      wanted = false
    }
  }, [asked])
  return { ...answer, retry: () => setAnswer({ asked: asked + 1 }) }
}
