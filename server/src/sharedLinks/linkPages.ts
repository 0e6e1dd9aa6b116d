import { FileId } from '@weft/shared/kit'
import { mayBeIndexed } from '@weft/shared/sharedLinks'
import compression from 'compression'
import { type Request, type Response, Router } from 'express'
import { sayPicture, sendFile } from '../files/index.ts'
import { logUnexpected, toWeftError } from '../kit/http/errors.ts'
import { readBytes } from '../kit/http/jsonBody.ts'
import { type Admission, isTooMany } from './admission.ts'
import type { SharedLinksDependencies } from './dependencies.ts'
import type { createOpening, Opening } from './opening.ts'
import { documentPage } from './page/documentPage.ts'
import { brokenPage, endedPage, nothingPage, passwordPage } from './page/otherPages.ts'
import { contentSecurityPolicy } from './page/style.ts'
import { type PageLanguage, pageLanguages } from './page/words.ts'

/** A password as a form sends it. */
const formBytes = 4 << 10

const languageOf = (request: Request): PageLanguage => {
  const accepted = request.acceptsLanguages([...pageLanguages])
  return pageLanguages.find((language) => language === accepted) ?? 'en'
}

/** Nothing is kept anywhere: what has ended must not come back out of a cache. */
function sendPage(response: Response, status: number, html: string, indexed = false): void {
  response.status(status).type('html')
  response.setHeader('content-security-policy', contentSecurityPolicy)
  if (!indexed) response.setHeader('x-robots-tag', 'noindex, nofollow')
  response.vary('cookie').vary('accept-language')
  response.send(html)
}

/** What a link opens, below `/s`: a page, the pictures in it, and the form for its password. */
export function createLinkPages(
  { documents, files, log, publicUrl }: SharedLinksDependencies,
  { opening, admission }: { opening: ReturnType<typeof createOpening>; admission: Admission },
): Router {
  const router = Router()
  // Nothing in a page was chosen by whoever asks for it, so that its length tells no secret.
  router.use(compression())
  router.use((_request, response, next) => {
    response.setHeader('cache-control', 'no-store')
    // Without it a browser would send the form without saying whose page it is on; elsewhere nothing is said.
    response.setHeader('referrer-policy', 'same-origin')
    next()
  })

  const refuse = (request: Request, response: Response, found: Opening): void => {
    const language = languageOf(request)
    if (found.answer === 'password') sendPage(response, 403, passwordPage(language, null))
    else if (found.answer === 'ended') sendPage(response, 410, endedPage(language))
    else if (found.answer === 'nothing')
      sendPage(response, 404, nothingPage(language, request.originalUrl, found.isSignedIn))
  }

  /** The text that a request's link opens for its reader; null: what it does instead has been answered. */
  async function opened(request: Request, response: Response) {
    const found = await opening(request, String(request.params.token))
    if (found.answer === 'open') return { ...found, page: await documents.page(found.link.documentId) }
    refuse(request, response, found)
    return null
  }

  router.get('/:token', async (request, response) => {
    const found = await opened(request, response)
    if (found === null) return
    const { link, page, role } = found
    const { icon, updatedAt, workspaceId, documentId } = link
    const hasPassword = link.passwordHash !== null
    const indexed = mayBeIndexed({ ...link, hasPassword })
    const html = documentPage({
      page,
      icon,
      updatedAt,
      url: `${publicUrl}/s/${request.params.token}`,
      language: languageOf(request),
      indexed,
      previewed: !hasPassword,
      place: role === null ? null : `/w/${workspaceId}/d/${documentId}`,
    })
    sendPage(response, 200, html, indexed)
  })

  router.post('/:token', async (request, response) => {
    const { token } = request.params
    const body = await readBytes(request, response, formBytes)
    const found = await opening(request, token)
    if (!('link' in found)) return refuse(request, response, found)
    const password = new URLSearchParams(body.toString('utf8')).get('password') ?? ''
    try {
      const right = await admission.admit(found.link, password, request.ip ?? '', `/s/${token}`, response)
      if (right) return response.redirect(303, `/s/${token}`)
      sendPage(response, 403, passwordPage(languageOf(request), 'wrong'))
    } catch (error) {
      if (!isTooMany(error)) throw error
      response.setHeader('retry-after', admission.secondsLeft())
      sendPage(response, 429, passwordPage(languageOf(request), 'tooMany'))
    }
  })

  router.get('/:token/files/:fileId', async (request, response) => {
    const found = await opened(request, response)
    if (found === null) return
    const { data: fileId } = FileId.safeParse(request.params.fileId)
    // Those that its text shows now: what was deleted from it is not handed out either.
    if (fileId === undefined || !found.page.fileIds.includes(fileId)) return nothing(request, response)
    const file = await files.shownIn(found.link.documentId, fileId)
    response.setHeader('cache-control', 'private, no-cache')
    await sendFile(files, file, request, response)
  })

  router.get('/:token/elsewhere/:key', async (request, response) => {
    const found = await opened(request, response)
    if (found === null) return
    const address = found.page.elsewhere.get(request.params.key)
    const picture = address === undefined ? null : await files.previews.picture(found.link.id, address)
    if (picture === null) return nothing(request, response)
    sayPicture(response, picture.type, '')
    response.end(picture.bytes)
  })

  const nothing = (request: Request, response: Response): void =>
    sendPage(response, 404, nothingPage(languageOf(request), request.originalUrl, true))
  router.use((request, response) => nothing(request, response))

  router.use((error: unknown, request: Request, response: Response, next: (error: unknown) => void) => {
    // Its address holds the link's secret.
    logUnexpected(log, error, { method: request.method, path: '/s' })
    if (response.headersSent) return next(error)
    const told = toWeftError(error)
    response.setHeader('cache-control', 'no-store')
    if (told.id === 'not-found') return nothing(request, response)
    sendPage(response, told.status, brokenPage(languageOf(request)))
  })
  return router
}
