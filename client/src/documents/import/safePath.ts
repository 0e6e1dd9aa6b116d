/** Deeper folders than this are not made by people, and a tree of documents has a bound as well. */
export const deepest = 20
const longest = 1_000

/**
 * A name in an archive as a path below its top; null: it leads out of it, or is not one. Names with `\` are of Windows
 * programs that did not know better.
 */
export function safePath(name: string): string | null {
  const path = name.replaceAll('\\', '/').replace(/^(\.\/)+/, '')
  if (path === '' || path.length > longest || /^\/|^[A-Za-z]:|[\p{Cc}]/u.test(path)) return null
  const parts = path.split('/')
  return parts.length > deepest || parts.some((part) => part === '' || part === '.' || part === '..') ? null : path
}

/** What programs put beside what people made. */
export const isHidden = (path: string): boolean =>
  path.split('/').some((part) => /^\.[^./]/.test(part) || part === '__MACOSX' || part === 'Thumbs.db')

/** Where a relative address leads, seen from a file; null: out of the archive, or it is not relative. */
export function resolved(from: string, address: string): string | null {
  const [bare = ''] = address.split(/[?#]/)
  if (bare === '' || bare.startsWith('/') || /^[a-z][a-z0-9+.-]*:/i.test(bare)) return null
  let path: string
  try {
    path = decodeURIComponent(bare)
  } catch {
    path = bare
  }
  const parts = from.split('/').slice(0, -1)
  for (const part of path.replaceAll('\\', '/').split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) return null
  }
  return parts.join('/')
}
