import { randomId } from '@weft/shared/kit'
import type { RouteObject } from 'react-router'
import { expect, test } from 'vitest'
import { isAppRoute } from '../../worker/appRoutes.ts'

// jsdom has none.
window.matchMedia = (media) =>
  ({ matches: false, media, addEventListener: () => {}, removeEventListener: () => {} }) as unknown as MediaQueryList
const { router } = await import('./router.tsx')

/** All addresses of the router, with ids for their parameters. */
function addresses(routes: readonly RouteObject[], above = ''): string[] {
  return routes.flatMap((route) => {
    if (route.path === '*') return []
    const path = route.path?.startsWith('/') ? route.path : [above, route.path].filter(Boolean).join('/')
    const own = route.path === undefined && !route.index ? [] : [path.replace(/:\w+/g, () => randomId())]
    return [...own, ...addresses(route.children ?? [], path)]
  })
}

test('the service worker answers each of the router’s addresses with the application’s page', () => {
  const all = addresses(router.routes)
  expect(all.length).toBeGreaterThan(7)
  expect(all.filter((address) => !isAppRoute(address))).toEqual([])
})

test.each([
  '/api/docs',
  '/api/v1/openapi.json',
  '/api/auth/callback/oidc',
  '/embed/123',
  '/s/a-link',
  '/sync',
  '/y/123',
  '/healthz',
  '/readyz',
  '/metrics',
  '/settings.json',
  '/wiki',
  '/sw.js',
])('%s is the server’s', (address) => expect(isAppRoute(address)).toBe(false))
