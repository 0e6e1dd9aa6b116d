import type { ServerProcess } from './serverProcess.ts'

export type TargetName = 'plain' | 'weft'

/** A running server with documents in it, ready to be joined. */
export interface Target {
  name: TargetName
  /** The process that runs now. */
  readonly process: ServerProcess
  socketUrl: string
  /** The token that a client sends when it joins. */
  token: string
  /** Another one; each lives for ten minutes. */
  newToken(): Promise<string>
  channels: string[]
  /** The presence channel of each document's workspace, in the order of `channels`. */
  presence: string[]
  /** Whether channel names carry a session id: Weft's provider does so, the stock one does not. */
  sessions: boolean
  /** What a client must not forget: headers of its upgrade request. */
  headers: Record<string, string>
  /** Ends the process by `signal` and starts the next one on its port and its data; resolves when it is ready. */
  restart(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
  /** Stops the process and deletes its data. */
  dispose(): Promise<void>
}

export interface StartOptions {
  documents: number
  /** Which the documents are in, in turn; at least one. */
  workspaces: number
  /** Where the data goes: a folder of this run alone. */
  folder: string
  /** Given to Node before the server's script. */
  nodeFlags: readonly string[]
  /** Added to Weft's environment: bounds that a load raises for itself. */
  env?: Readonly<Record<string, string>>
}
