/**
 * The addresses that the application's page answers. Everything else (the interface, sockets, embedded editors, what
 * sign-on providers send back) is the server's, and never comes out of a cache.
 */
const routes = [
  /^\/$/,
  /^\/(settings(\/(account|announcements|notifications))?|notifications|sign-in|sign-up|invite)\/?$/,
  /^\/w\/[^/]+(\/.*)?$/,
]

export const isAppRoute = (pathname: string): boolean => routes.some((route) => route.test(pathname))
