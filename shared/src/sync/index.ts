export * from './channels.ts'
export * from './closeReasons.ts'
export * from './contract.ts'
export * from './stateless.ts'
