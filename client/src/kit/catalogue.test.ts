import { describe, expect, it } from 'vitest'

type Tree = { [key: string]: string | Tree }

const catalogues = import.meta.glob<Tree>('./locales/*/*.json', { eager: true, import: 'default' })
const sources = import.meta.glob<string>(
  [
    '../{activity,app,embed,kit,auth,workspaces,documents,offline,notifications,search,sharedLinks}/**/*.{ts,tsx}',
    '!../**/*.test.{ts,tsx}',
  ],
  { eager: true, query: '?raw', import: 'default' },
)

function flatten(tree: Tree, prefix = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [prefix + key] : flatten(value, `${prefix}${key}.`),
  )
}

const english = new Map(
  Object.entries(catalogues)
    .filter(([path]) => path.includes('/en/'))
    .map(([path, tree]) => [path.split('/').at(-1)?.replace('.json', '') ?? '', flatten(tree)]),
)

/** Which catalogue each `t` of a file reads: its own room's, unless `useTranslation` gives it another name. */
function readers(source: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const [, inner = '', namespace = ''] of source.matchAll(/const \{([^}]*)\} = useTranslation\('(\w+)'\)/g)) {
    const name = /\bt(?:: (\w+))?\b/.exec(inner)
    if (name !== null) found.set(name[1] ?? 't', namespace)
  }
  for (const [, namespace = ''] of source.matchAll(/t: TFunction<'(\w+)'>/g)) found.set('t', namespace)
  return found
}

const known = (keys: readonly string[], key: string): boolean => {
  const pattern = new RegExp(`^${key.replace(/\./g, '\\.').replace(/\$\{[^}]*\}/g, '[^.]+')}(_one|_other)?$`)
  return keys.some((existing) => pattern.test(existing))
}

describe('every key that is used is in the catalogue', () => {
  const files = Object.entries(sources).filter(([, source]) => source.includes('useTranslation('))
  it('reads the rooms', () => expect(files.length).toBeGreaterThan(20))
  it.each(files)('%s', (_path, source) => {
    const missing: string[] = []
    for (const [name, namespace] of readers(source)) {
      const keys = english.get(namespace) ?? []
      for (const [, args = ''] of source.matchAll(new RegExp(`(?<![\\w.])${name}\\(([^)]*)`, 'g'))) {
        for (const [, , key = ''] of args.matchAll(/(^|[?:]\s*)['`]([\w.${}?! ()-]+)['`]/g)) {
          if (/^[a-z]/.test(key) && !known(keys, key)) missing.push(`${namespace}:${key}`)
        }
      }
    }
    expect(missing).toEqual([])
  })
})

describe('no visible string stands in the code', () => {
  const files = Object.entries(sources).filter(([path]) => path.endsWith('.tsx'))
  it.each(files)('%s', (_path, source) => {
    const inText = [...source.matchAll(/(?<=[a-z"'}/]|\s)>\s*([A-Z][a-z]+[^<>{}=;()]*)\s*<\//g)].map(([, text]) => text)
    const inAttributes = [
      ...source.matchAll(/\s(?:aria-label|title|label|placeholder|alt|text)="([^"]*[A-Za-z][^"]*)"/g),
    ].map(([, text]) => text)
    expect([...inText, ...inAttributes]).toEqual([])
  })
})

it('other languages say all that English says, and nothing else', () => {
  for (const [path, tree] of Object.entries(catalogues)) {
    expect(flatten(tree).sort(), path).toEqual(
      [...(english.get(path.split('/').at(-1)?.replace('.json', '') ?? '') ?? [])].sort(),
    )
  }
})
