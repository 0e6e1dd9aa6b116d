export * from './limits.ts'
export { type Config, type OidcConfig, readConfig } from './readConfig.ts'
