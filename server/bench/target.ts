import type { ServerProcess } from './serverProcess.ts'

export type TargetName = 'plain' | 'weft'

/** A running server with documents in it, ready to be joined. */
export interface Target {
  name: TargetName
  process: ServerProcess
  socketUrl: string
  /** The token that a client sends when it joins. */
  token: string
  channels: string[]
  /** Whether channel names carry a session id: Weft's provider does so, the stock one does not. */
  sessions: boolean
  /** What a client must not forget: headers of its upgrade request. */
  headers: Record<string, string>
  /** Stops the process and deletes its data. */
  dispose(): Promise<void>
}

export interface StartOptions {
  documents: number
  /** Where the data goes: a folder of this run alone. */
  folder: string
  /** Given to Node before the server's script. */
  nodeFlags: readonly string[]
}
