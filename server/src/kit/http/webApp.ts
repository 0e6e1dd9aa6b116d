import type { RequestListener } from 'node:http'
import { WeftError } from '@weft/shared/kit'
import express, { type Express, type RequestHandler } from 'express'
import { type Log, redactUrl } from '../logger.ts'
import { docsPage, openApiDocument } from './apiDocs.ts'
import { type ApiHandlerOptions, apiHandler } from './apiHandler.ts'
import { errorHandler } from './errors.ts'
import { tooManyHeaders } from './httpServer.ts'
import { jsonBody } from './jsonBody.ts'
import { checkOrigin } from './origin.ts'
import { securityHeaders } from './security.ts'
import { staticClient } from './staticClient.ts'

export interface WebAppOptions {
  publicUrl: string
  origins: readonly string[]
  trustProxy: readonly string[]
  clientDirectory: string
  log: Log
  api: Omit<ApiHandlerOptions, 'log'>
  accounts: RequestListener
  /** What is not the application, by the path before it; answered without the application's script. */
  pages: Readonly<Record<string, RequestHandler>>
  /** The header in which the account library is told where a request comes from. */
  addressHeader: string
  /** Whether requests can be served, with what operators want to see. */
  readiness(): { ready: boolean; saving: 'working' | 'stopped' }
}

/** Sign-ups and the like are small; the account library itself reads without a bound. */
const accountBodyBytes = 64 << 10

const logRequests =
  (log: Log): RequestHandler =>
  (request, response, next) => {
    const began = performance.now()
    response.on('finish', () => {
      const ms = Math.round(performance.now() - began)
      log.debug({ method: request.method, url: redactUrl(request.originalUrl), status: response.statusCode, ms })
    })
    next()
  }

/** Everything that is asked over HTTP. Sockets are not: the server's `upgrade` event has those. */
export async function createWebApp(options: WebAppOptions): Promise<Express> {
  const { publicUrl, origins, log, api, accounts, addressHeader, readiness } = options
  const document = await openApiDocument(publicUrl, api.raw)
  const page = docsPage(document)
  const app = express()
  app.disable('x-powered-by')
  app.set('etag', false)
  app.set('trust proxy', options.trustProxy.length > 0 ? options.trustProxy : false)

  app.use(logRequests(log), securityHeaders(origins, publicUrl.startsWith('https:')))
  app.use((request, _response, next) => {
    if (tooManyHeaders(request.rawHeaders)) throw new WeftError('too-large', 'This request has too many headers.')
    if (!['GET', 'HEAD', 'OPTIONS'].includes(request.method)) checkOrigin(request, origins)
    next()
  })
  app.get('/healthz', (_request, response) => void response.json({ alive: true }))
  app.get('/readyz', (_request, response) => {
    const state = readiness()
    response.status(state.ready ? 200 : 503).json(state)
  })
  app.get('/api/v1/openapi.json', (_request, response) => void response.json(document))
  app.get('/api/docs', (_request, response) => void response.type('html').send(page))

  app.all('/api/auth/*splat', jsonBody(accountBodyBytes), (request, response, next) => {
    // The library refuses requests without one; those that got here come from no foreign page.
    request.headers.origin ??= origins[0]
    request.headers[addressHeader] = request.ip ?? ''
    response.setHeader('cache-control', 'no-store')
    Promise.resolve(accounts(request, response)).catch(next)
  })
  app.use('/api/v1', apiHandler({ ...api, log }))
  for (const [path, handler] of Object.entries(options.pages)) app.use(path, handler)
  app.use(staticClient(options.clientDirectory))
  app.use(() => {
    throw new WeftError('not-found', 'There is no such address.')
  })
  app.use(errorHandler(log))
  return app
}
