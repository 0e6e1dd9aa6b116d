// The rooms in the order of ARCHITECTURE.md: each may import those that come later in this list, by their door.
const serverOrder = [
  'main.ts',
  'app.ts',
  'notifications',
  'activity',
  'search',
  'embed',
  'sharedLinks',
  'files',
  'presence',
  'sync',
  'documents',
  'workspaces',
  'auth',
  'events',
  'storage',
  'config',
  'kit',
]

const clientOrder = [
  'main.tsx',
  'app',
  'embed',
  'search',
  'activity',
  'documents',
  'notifications',
  'sharedLinks',
  'editor',
  'workspaces',
  'presence',
  'auth',
  'offline',
  'live',
  'kit',
]

const path = (side, room) => `^${side}/src/${room.includes('.') ? room.replace('.', '\\.') : `${room}/`}`

const rightwardOnly = (side, order) =>
  order.slice(1).map((room, index) => ({
    name: `${side}-${room}-imports-rightward-only`,
    severity: 'error',
    from: { path: path(side, room) },
    to: { path: order.slice(0, index + 1).map((left) => path(side, left)) },
  }))

const byTheDoorOnly = (side) => ({
  name: `${side}-rooms-by-their-door`,
  comment: 'Another room is imported through its index.ts alone.',
  severity: 'error',
  from: { path: `^${side}/src/([^/]+)/` },
  to: {
    path: `^${side}/src/[^/]+/`,
    pathNot: [
      `^${side}/src/$1/`,
      `^${side}/src/[^/]+/index\\.tsx?$`,
      '\\.json$',
      '\\.css$',
      ...(side === 'server' ? ['^server/src/kit/', '^server/src/storage/(port|schema)\\.ts$'] : ['^client/src/kit/']),
    ],
  },
})

export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'client-not-server', severity: 'error', from: { path: '^client/' }, to: { path: '^server/' } },
    { name: 'server-not-client', severity: 'error', from: { path: '^server/' }, to: { path: '^client/' } },
    {
      name: 'shared-is-pure',
      severity: 'error',
      from: { path: '^shared/src/', pathNot: '\\.test\\.ts$' },
      to: { path: ['^(client|server|e2e)/', '^react', '^node:'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'tests-are-leaves',
      severity: 'error',
      from: { pathNot: ['\\.(test|spec)\\.tsx?$', '^server/test/', '^e2e/'] },
      to: { path: ['\\.(test|spec)\\.tsx?$', '^server/test/'] },
    },
    byTheDoorOnly('server'),
    byTheDoorOnly('client'),
    byTheDoorOnly('shared'),
    ...rightwardOnly('server', serverOrder),
    ...rightwardOnly('client', clientOrder),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['dist/', 'node_modules/.cache'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.js'],
    },
  },
}
