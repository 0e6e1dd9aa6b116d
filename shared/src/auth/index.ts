export * from './colors.ts'
export * from './contract.ts'
export * from './events.ts'
export * from './schema.ts'
