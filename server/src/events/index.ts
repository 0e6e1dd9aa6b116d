export { type CommandLog, createCommandLog } from './commandLog.ts'
export { type ConsumerOptions, createEventLog, type EventLog } from './eventLog.ts'
