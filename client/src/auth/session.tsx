import { OwnAccount } from '@weft/shared/auth'
import { WeftError } from '@weft/shared/kit'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import { api, readStoredJson, writeStored } from '../kit/index.ts'
import { followLanguage, languageChoices } from './ownLanguage.ts'

export type SessionState =
  | { status: 'asking' }
  | { status: 'signed-out' }
  /** Nobody can say who this is: the server is away, and this device knows nobody. */
  | { status: 'unreachable'; error: unknown }
  | { status: 'signed-in'; account: OwnAccount }

export interface Session {
  state: SessionState
  /** Asks the server again who this is. */
  check(): Promise<void>
  /** This device forgets who was signed in. */
  forget(): void
}

const key = 'weft-account'
/** On a network that swallows everything a person who is known here does not wait for the server longer than this; ms. */
const patience = 2_000
const SessionContext = createContext<Session | null>(null)

const remembered = (): OwnAccount | null => OwnAccount.safeParse(readStoredJson(key)).data ?? null

/** Who uses this page. Until the server answers, or without it, it is who used it last: their texts are here. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const [state, setState] = useState<SessionState>({ status: 'asking' })
  const forget = useCallback(() => {
    writeStored(key, null)
    setState({ status: 'signed-out' })
  }, [])
  const check = useCallback(async () => {
    try {
      const before = languageChoices()
      const account = await api.auth.me()
      writeStored(key, JSON.stringify(account))
      setState({ status: 'signed-in', account })
      // Without its words the page goes on as it is. What was chosen while the answer was on its way is newer than it.
      if (before === languageChoices()) void followLanguage(account).catch(() => undefined)
    } catch (error) {
      const account = remembered()
      if (error instanceof WeftError && error.id === 'signed-out') forget()
      else setState(account === null ? { status: 'unreachable', error } : { status: 'signed-in', account })
    }
  }, [forget])
  useEffect(() => {
    void check()
    const timer = setTimeout(() => {
      const account = remembered()
      if (account !== null) setState((now) => (now.status === 'asking' ? { status: 'signed-in', account } : now))
    }, patience)
    return () => clearTimeout(timer)
  }, [check])
  useEffect(() => {
    // Another tab signed in or out: this page must not go on as somebody else.
    const changed = (event: StorageEvent) => {
      if (event.key === key) void check()
    }
    const back = () => void check()
    window.addEventListener('storage', changed)
    window.addEventListener('online', back)
    return () => {
      window.removeEventListener('storage', changed)
      window.removeEventListener('online', back)
    }
  }, [check])
  const session = useMemo(() => ({ state, check, forget }), [state, check, forget])
  return <SessionContext value={session}>{children}</SessionContext>
}

export function useSession(): Session {
  const session = useContext(SessionContext)
  if (session === null) throw new Error('missing: SessionProvider')
  return session
}

/** The signed-in person; throws where nobody is. */
export function useAccount(): OwnAccount {
  const { state } = useSession()
  if (state.status !== 'signed-in') throw new Error('missing: a signed-in person')
  return state.account
}
