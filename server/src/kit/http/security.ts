import type { RequestHandler } from 'express'
import helmet from 'helmet'

/** The sockets of an origin; none for an IPv6 address, which such a list cannot name. */
const socketsOf = (origin: string): string[] => (origin.includes('[') ? [] : [origin.replace(/^http/, 'ws')])

/**
 * What pages of this server may load and who may show them. Styles are inline where the editor and the toasts put
 * them; scripts never are. Sockets are named, because not every browser counts them as `'self'`.
 */
export function securityHeaders(origins: readonly string[], secure: boolean): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        // Pictures of people come from wherever single sign-on keeps them.
        imgSrc: ["'self'", 'data:', 'blob:', 'https:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'", ...origins.flatMap(socketsOf)],
        workerSrc: ["'self'"],
        manifestSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: secure ? { maxAge: 180 * 86_400, includeSubDomains: false } : false,
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  })
}
