import { existsSync } from 'node:fs'
import { join } from 'node:path'
import compression from 'compression'
import express, { type RequestHandler, Router } from 'express'

const year = 365 * 86_400

const hashedPath = /^\/assets\/[\w.-]+\.(js|css)$/

/** Hashed files as the build has compressed them, where it has. */
function compressedBefore(directory: string): RequestHandler {
  return (request, response, next) => {
    const kind = hashedPath.exec(request.path)?.[1]
    if (kind === undefined || request.acceptsEncodings(['br', 'identity']) !== 'br') return next()
    const path = `${request.path}.br`
    if (!existsSync(join(directory, path))) return next()
    response.type(kind).vary('accept-encoding').setHeader('content-encoding', 'br')
    request.url = path
    return next()
  }
}

/**
 * The built application: hashed files for ever, everything else asked for anew each time, and its one page for every
 * address that is not a file. Compressed, which makes its scripts a fifth; answers of the interface are not, since their
 * length would tell about secrets beside what a stranger chose.
 */
export function staticClient(directory: string): Router {
  const router = Router()
  const page = join(directory, 'index.html')
  router.use(compressedBefore(directory))
  router.use(compression())
  router.use(
    express.static(directory, {
      index: false,
      redirect: false,
      setHeaders(response, path) {
        const hashed = path.startsWith(join(directory, 'assets'))
        response.setHeader('cache-control', hashed ? `public, max-age=${year}, immutable` : 'no-cache')
      },
    }),
  )
  router.get(/.*/, (request, response, next) => {
    if (/^\/(api|assets|sync|y)(\/|$)/.test(request.path)) return next()
    response.setHeader('cache-control', 'no-cache')
    if (existsSync(page)) return response.sendFile(page)
    return response.status(503).type('text').send('The application is not built yet: run "npx -y pnpm@12 build".\n')
  })
  return router
}
