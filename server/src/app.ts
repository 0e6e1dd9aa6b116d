import { once } from 'node:events'
import type { Server } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Person } from '@weft/shared/auth'
import { type UserId, WeftError, type WorkspaceId } from '@weft/shared/kit'
import { activityFiles, activityRoutes, createActivity } from './activity/index.ts'
import { type Auth, addressHeader, authRoutes, createAuth, pictureFiles, syncTokenRoutes } from './auth/index.ts'
import type { Config } from './config/index.ts'
import { createDocuments, documentsRoutes } from './documents/index.ts'
import { createEmbed, embedRoutes } from './embed/index.ts'
import { type CommandLog, createCommandLog, createEventLog, type EventLog } from './events/index.ts'
import { createFiles, filesRoutes, pictureRoutes } from './files/index.ts'
import { type Clock, systemClock } from './kit/clock.ts'
import { openApi } from './kit/http/api.ts'
import { allowedOrigins, createHttpServer, createWebApp, listen, localUrl, RequestRate } from './kit/http/index.ts'
import { createLogger, type Log } from './kit/logger.ts'
import {
  createNotifications,
  defaultSender,
  notificationsAdminRoutes,
  notificationsRoutes,
  pushRoutes,
  unsubscribePath,
} from './notifications/index.ts'
import { createPresence, presenceRoutes } from './presence/index.ts'
import { createSearch, searchRoutes } from './search/index.ts'
import { createSharedLinks, sharedLinksRoutes } from './sharedLinks/index.ts'
import { openSqlite, type Storage } from './storage/index.ts'
import { createSync, plainPath, type Sync } from './sync/index.ts'
import {
  announceChanges,
  createCommit,
  createWorkspaces,
  readOwnHeads,
  readRole,
  workspacesRoutes,
} from './workspaces/index.ts'

export interface AppOptions {
  clock?: Clock
  log?: Log
  /** The database itself, for tests that make it fail. */
  storage?: Storage
  /** The built application; `client/dist` unless said otherwise. */
  clientDirectory?: string
  /** Nothing can be stored any more: the process should end. */
  onFatal?: (error: Error) => void
}

export interface App {
  /** What people type, without a slash at its end. */
  url: string
  port: number
  storage: Storage
  sync: Sync
  /**
   * Stops to accept, lets everybody go with `server-restarting`, waits for what is on its way to the disk, and closes.
   * Never longer than ten seconds. Resolves with whether all text is on disk.
   */
  close(): Promise<boolean>
}

/** What waits for the disk gets this long, and all of a stop this long. Milliseconds. */
const drainPatience = 7_000
const stopPatience = 10_000

const builtClient = fileURLToPath(new URL('../../client/dist', import.meta.url))

/** Puts the rooms together and serves them. Throws a StartError with a sentence for the operator. */
export async function startApp(config: Config, options: AppOptions = {}): Promise<App> {
  const log = options.log ?? createLogger(config.logLevel)
  // The port first: it is what most often fails, and `PUBLIC_URL` may follow from it.
  const server = createHttpServer()
  let serving = false
  server.on('request', (_request, response) => {
    if (!serving) response.writeHead(503, { 'content-type': 'application/json' }).end('{"ready":false}')
  })
  const port = await listen(server, config.host, config.port)
  try {
    const rooms = await openRooms(config, options, log, port)
    serving = true
    server.removeAllListeners('request')
    server.on('request', (request, response) => {
      if (request.url?.startsWith('/sync/')) rooms.sync.handleRequest(request, response)
      else if (request.url?.split('?')[0] === unsubscribePath)
        void rooms.notifications.handleUnsubscribe(request, response)
      else rooms.web(request, response)
    })
    server.on('upgrade', (request, socket, head) => {
      socket.on('error', () => socket.destroy())
      if (config.webSockets === 'refused') socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n')
      else if (request.url?.split('?')[0] === '/sync') rooms.sync.handleUpgrade(request, socket, head)
      else if (request.url?.startsWith(plainPath)) rooms.sync.handlePlainUpgrade(request, socket, head)
      else socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n')
    })
    let closing: Promise<boolean> | null = null
    return {
      url: rooms.publicUrl,
      port,
      storage: rooms.storage,
      sync: rooms.sync,
      close() {
        closing ??= withinPatience(log, server, () => rooms.close(server))
        return closing
      },
    }
  } catch (error) {
    server.closeAllConnections()
    server.close()
    throw error
  }
}

async function openRooms(config: Config, options: AppOptions, log: Log, port: number) {
  const clock = options.clock ?? systemClock
  const { limits } = config
  const publicUrl = config.publicUrl ?? localUrl(config.host, port)
  const origins = allowedOrigins(config.publicUrl, port)
  const storage = options.storage ?? (await openDatabase(config, options, log))
  const events = createEventLog({ storage, clock, log })
  const commands = createCommandLog({ storage, clock, log })
  const commit = createCommit(events, commands)

  const auth: Auth = await createAuth({
    storage,
    events,
    config,
    clock,
    log,
    publicUrl,
    origins,
    inviteOpens: (token, email) => workspaces.inviteOpens(token, email),
    async beforeDeletion(userId) {
      await workspaces.leaveAll(userId)
      await notifications.forgetPerson(userId)
    },
  })
  const presence = createPresence({ storage, clock, log })
  const documents = createDocuments({
    storage,
    clock,
    log,
    events,
    commit,
    texts: () => sync.texts,
    tellAll: (workspaceId, word) => sync.announce(workspaceId, word),
    tellPerson: (workspaceId, userId, word) => sync.tellPerson(workspaceId, userId, word),
    documentBytes: limits.documentBytes,
    markdownMs: limits.markdownMs,
  })
  const workspaces = createWorkspaces({
    storage,
    clock,
    commit,
    people: auth.people,
    giveColor: auth.giveColor,
    async forgetMember(tx, userId, workspaceId) {
      await documents.forgetMember(tx, userId, workspaceId)
      await presence.forgetMember(tx, userId, workspaceId)
    },
    removeDocuments: documents.removeAll,
    mailAddress: auth.mailAddress,
    mailInvitation: (invitation) => notifications.mailInvitation(invitation),
    secret: config.secret,
    publicUrl,
  })
  const memberRole = (userId: UserId, workspaceId: WorkspaceId) => readRole(storage.read, userId, workspaceId)
  const sync = await createSync({
    storage,
    events,
    log,
    clock,
    limits,
    verifySocketToken: auth.tokens.verify,
    person: (userId) => requirePerson(auth, userId),
    documentRole: documents.textRoleOf,
    sourceRole: ({ id }, documentId) => embed.keyRole(id, documentId),
    memberRole,
    isVisibleToAllMembers: documents.isVisibleToAllMembers,
    textChanged(documentId, runs) {
      documents.textChanged(documentId, runs)
      search.textChanged(documentId)
    },
    presenceChanged: presence.seen,
    allowedOrigins: () => origins,
    mayEmbedFrom: (origin, documentId) => embed.mayEmbedFrom(origin, documentId),
  })
  const embed = createEmbed({
    storage,
    clock,
    log,
    commit,
    documents,
    issueToken: auth.tokens.issueFor,
    admitVisitor: auth.admitVisitor,
    signInOf: auth.devices.sessionOf,
    secret: config.secret,
    tokensPerMinute: limits.httpRequestsPerMinute,
  })
  const files = await createFiles({
    storage,
    clock,
    log,
    commit,
    documents,
    directory: join(config.dataDir, 'files'),
    limits,
    linkPreviews: { on: config.linkPreviews === 'on', hosts: config.linkPreviewHosts },
  })
  const sharedLinks = createSharedLinks({
    storage,
    clock,
    log,
    commit,
    documents,
    files,
    memberRole,
    session: auth.session,
    secret: config.secret,
    publicUrl,
    passwordsPerMinute: limits.signInsPerMinute,
  })
  const search = createSearch({ storage, log, events, documents })
  const activity = createActivity({
    storage,
    clock,
    log,
    events,
    documents,
    people: auth.people,
    memberRole,
    registerWindow: sync.registerWindow,
  })
  const notifications = createNotifications({
    storage,
    clock,
    log,
    events,
    commit,
    documents,
    sync,
    people: auth.people,
    memberRole,
    historyDays: config.notificationDays,
    workspaceBytes: limits.workspaceBytes,
    publicUrl,
    secret: config.secret,
    mailAddress: auth.mailAddress,
    ownsInstallation: auth.ownsInstallation,
    mail: {
      smtpUrl: config.smtpUrl,
      from: config.mailFrom ?? defaultSender(publicUrl),
      directory: join(config.dataDir, 'mail'),
    },
  })
  announceChanges(events, sync.announce, sync.tellPerson, (userId) => readOwnHeads(storage.read, userId))
  await startLogs(events, commands)
  notifications.start()
  await documents.catchUp()
  search.start()
  files.start()

  let open = true
  const web = await createWebApp({
    publicUrl,
    origins,
    trustProxy: config.trustProxy,
    clientDirectory: options.clientDirectory ?? builtClient,
    log,
    accounts: auth.handler,
    pages: { '/s': sharedLinks.pages },
    addressHeader,
    readiness: () => ({ ready: open, saving: sync.stats().savingStopped ? 'stopped' : 'working' }),
    api: {
      router: openApi.router({
        auth: authRoutes(auth),
        workspaces: workspacesRoutes(workspaces),
        documents: documentsRoutes(documents),
        presence: presenceRoutes(presence),
        activity: activityRoutes(activity),
        notifications: notificationsRoutes(notifications),
        push: pushRoutes(notifications),
        notificationsAdmin: notificationsAdminRoutes(notifications),
        search: searchRoutes(search),
        sharedLinks: sharedLinksRoutes(sharedLinks),
        files: filesRoutes(files),
        embed: embedRoutes(embed),
        sync: syncTokenRoutes(auth),
      }),
      session: auth.session,
      rate: new RequestRate(limits.httpRequestsPerMinute, clock),
      bodyBytes: limits.httpBodyBytes,
      raw: [...activityFiles(activity), ...pictureRoutes(files), ...pictureFiles(storage.read)],
    },
  })

  return {
    publicUrl,
    storage,
    sync,
    notifications,
    web,
    async close(server: Server): Promise<boolean> {
      open = false
      server.close()
      activity.stop()
      server.closeIdleConnections()
      const stored = await sync.close(drainPatience)
      server.closeIdleConnections()
      await documents.stop()
      await search.stop()
      await files.stop()
      await presence.stop()
      await notifications.stop()
      await events.stop()
      await commands.stop()
      await storage.close()
      return stored
    },
  }
}

const openDatabase = (config: Config, options: AppOptions, log: Log): Promise<Storage> =>
  openSqlite({
    file: join(config.dataDir, 'weft.db'),
    onLog: ({ level, message }) => log[level](message),
    onFatal: (error) => {
      log.fatal({ err: error }, 'the database is gone')
      options.onFatal?.(error)
    },
  })

async function startLogs(events: EventLog, commands: CommandLog): Promise<void> {
  await events.start()
  commands.start()
}

async function requirePerson(auth: Auth, userId: UserId): Promise<Person> {
  const person = await auth.person(userId)
  if (person === null) throw new WeftError('signed-out', 'This account does not exist any more.')
  return person
}

/** A stop that hangs is worse than one that is cut: what was acknowledged is on disk in either case. */
async function withinPatience(log: Log, server: Server, stop: () => Promise<boolean>): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => resolve(false), stopPatience)
  try {
    const stored = await Promise.race([
      stop().catch((error: unknown) => {
        log.error({ err: error }, 'the stop was not orderly')
        return false
      }),
      late,
    ])
    if (!stored) log.error('stopped before all text was on disk')
    return stored
  } finally {
    clearTimeout(timer)
    server.closeAllConnections()
    if (server.listening) await once(server, 'close')
  }
}
