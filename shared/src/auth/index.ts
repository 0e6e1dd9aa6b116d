export * from './colors.ts'
export * from './contract.ts'
export * from './schema.ts'
