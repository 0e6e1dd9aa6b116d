import { type ReactNode, useEffect } from 'react'
import { useLocation } from 'react-router'

/** Links to documents, whose pages the server makes: come to from within the application, they are asked for anew. */
const isServers = (path: string): boolean => path.startsWith('/s/')

export function ServerPage({ otherwise }: { otherwise: ReactNode }) {
  const { pathname } = useLocation()
  const leaves = isServers(pathname)
  useEffect(() => {
    if (leaves) window.location.reload()
  }, [leaves])
  return leaves ? null : otherwise
}
