export { SaveWord } from './components/SaveWord.tsx'
export { type ShownWord, shownWord, type Why } from './components/shownWord.ts'
export type { DeviceDocument, DeviceStore, SetAside } from './device/DeviceStore.ts'
export { IndexedDbStore } from './device/IndexedDbStore.ts'
export type { Fetched } from './fetchToDevice.ts'
export { fetchToken, socketUrl } from './fetchToken.ts'
export type { WaitingFile } from './files/FileStore.ts'
export type { FileOnItsWay, LiveFiles } from './files/LiveFiles.ts'
export { sendFile } from './files/sendFile.ts'
export {
  type DocumentState,
  type OwnPresence,
  useConnection,
  useDocumentSession,
  useDocumentState,
  useNotOnDevice,
  useSaveState,
  useServerWords,
  useSetAside,
  useStopped,
  useWorkspaceAwareness,
  type WorkspacePresence,
} from './hooks.ts'
export { createLive, type Live, type LiveOptions } from './Live.ts'
export { LiveProvider, useLive } from './LiveProvider.tsx'
export type { OutboxCall } from './outbox/calls.ts'
export { type InboxCall, isInboxCall } from './outbox/inboxCalls.ts'
export { mostCommands, OutboxFull } from './outbox/OutboxFull.ts'
export type { NewCommand, OutboxRow, Refusal } from './outbox/OutboxRow.ts'
export { useOutbox, useOutboxSignedOut } from './outbox/useOutbox.ts'
export { type Clock, pageClock } from './transport/Clock.ts'
export type { Connection, DocumentSession, SaveState } from './types.ts'
export type { ChangedTopic } from './WorkspaceRoom.ts'
export { useWindow } from './windows/useWindow.ts'
export type { WindowView } from './windows/WindowView.ts'
