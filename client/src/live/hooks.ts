import type { DocumentId, WorkspaceId } from '@weft/shared/kit'
import { WorkspaceAwareness } from '@weft/shared/presence'
import type { CloseReason } from '@weft/shared/sync'
import { useCallback, useEffect, useReducer, useRef, useState, useSyncExternalStore } from 'react'
import type { SetAside } from './device/DeviceStore.ts'
import { sameButSave } from './documents/saveState.ts'
import { useLive } from './LiveProvider.tsx'
import type { Way } from './transport/Ways.ts'
import type { Connection, DocumentSession, DocumentSessionState, SaveState } from './types.ts'
import type { ChangedTopic, WorkspaceRoom } from './WorkspaceRoom.ts'

/** The document's session, shared by all who ask for it in this page and kept some seconds after the last of them. */
export function useDocumentSession(documentId: DocumentId): DocumentSession {
  const live = useLive()
  const session = live.document(documentId)
  const [, renderAgain] = useReducer((times: number) => times + 1, 0)
  useEffect(() => {
    const letGo = live.holdDocument(documentId)
    // Between rendering and this a slow page may have let the first one end.
    if (live.document(documentId) !== session) renderAgain()
    return letGo
  }, [live, documentId, session])
  return session
}

/** All but what is said of saving, which changes with every key: `useSaveState` has that. */
export type DocumentState = Omit<DocumentSessionState, 'save'>

export function useDocumentState(session: DocumentSession): DocumentState {
  const subscribe = useCallback((listener: () => void) => session.subscribe(listener), [session])
  const known = useRef(session.state)
  return useSyncExternalStore(subscribe, () => {
    if (!sameButSave(known.current, session.state)) known.current = session.state
    return known.current
  })
}

/** What is true of one's own text in this document [SAVE-6]. */
export function useSaveState(session: DocumentSession): SaveState {
  const subscribe = useCallback((listener: () => void) => session.subscribe(listener), [session])
  return useSyncExternalStore(subscribe, () => session.state.save)
}

export function useConnection(): Connection {
  const live = useLive()
  const subscribe = useCallback((listener: () => void) => live.onConnection(listener), [live])
  return useSyncExternalStore(subscribe, () => live.connection)
}

/** By what this page's frames travel; a WebSocket while there is no connection. */
export function useWay(): Way {
  const live = useLive()
  const subscribe = useCallback((listener: () => void) => live.onConnection(listener), [live])
  return useSyncExternalStore(subscribe, () => (live.connection === 'online' ? live.way : 'websocket'))
}

/** Why this page stays disconnected until the person acts; null otherwise. */
export function useStopped(): CloseReason | null {
  const live = useLive()
  const subscribe = useCallback((listener: () => void) => live.onConnection(listener), [live])
  return useSyncExternalStore(subscribe, () => live.stopped)
}

/** True where a document was opened without a connection and this device has never seen it. */
export function useNotOnDevice(session: DocumentSession): boolean {
  const { loaded, readable } = useDocumentState(session)
  return useConnection() === 'offline' && loaded && !readable
}

/** Own text that could not be saved and waits to be exported or discarded [SAVE-8]; null until the device has answered. */
export function useSetAside(): SetAside[] | null {
  const live = useLive()
  const [list, setList] = useState<SetAside[] | null>(null)
  useEffect(() => {
    let wanted = true
    const read = () =>
      void live.setAside().then((found) => {
        if (wanted) setList(found)
      })
    const stop = live.onSetAside(read)
    read()
    return () => {
      wanted = false
      stop()
    }
  }, [live])
  return list
}

function useWorkspaceRoom(workspaceId: WorkspaceId): WorkspaceRoom {
  const live = useLive()
  const room = live.workspace(workspaceId)
  const [, renderAgain] = useReducer((times: number) => times + 1, 0)
  useEffect(() => {
    const letGo = live.holdWorkspace(workspaceId)
    if (live.workspace(workspaceId) !== room) renderAgain()
    return letGo
  }, [live, workspaceId, room])
  return room
}

/** What a page says of itself; the server adds who it is [IDENT-1]. */
export type OwnPresence = Omit<WorkspaceAwareness, 'user'>

export interface WorkspacePresence {
  /** Of every page that is here, this one too once the server has named it; in no order. */
  states: readonly WorkspaceAwareness[]
  setOwn(presence: OwnPresence): void
}

/** Who is in the workspace now, page by page, and how to say what this page does. */
export function useWorkspaceAwareness(workspaceId: WorkspaceId): WorkspacePresence {
  const { awareness } = useWorkspaceRoom(workspaceId)
  const [states, setStates] = useState<readonly WorkspaceAwareness[]>([])
  useEffect(() => {
    const read = () => {
      const parsed = [...awareness.getStates().values()].map((state) => WorkspaceAwareness.safeParse(state))
      setStates(parsed.flatMap((result) => (result.success ? [result.data] : [])))
    }
    awareness.on('change', read)
    read()
    return () => awareness.off('change', read)
  }, [awareness])
  const setOwn = useCallback((presence: OwnPresence) => awareness.setLocalState({ ...presence }), [awareness])
  return { states, setOwn }
}

/** Calls `onChanged` with what queries of this workspace should fetch again. */
export function useServerWords(workspaceId: WorkspaceId, onChanged: (topics: readonly ChangedTopic[]) => void): void {
  const room = useWorkspaceRoom(workspaceId)
  const latest = useRef(onChanged)
  useEffect(() => {
    latest.current = onChanged
  }, [onChanged])
  useEffect(() => room.onChanged((topics) => latest.current(topics)), [room])
}
