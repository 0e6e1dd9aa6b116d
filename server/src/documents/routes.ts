import { api } from '../kit/http/api.ts'
import { actorOf } from '../workspaces/index.ts'
import type { Documents } from './service.ts'

/** The calls of `documentsContract`. */
export const documentsRoutes = (service: Documents) => {
  const on = api.documents
  return {
    list: on.list.handler(({ context, input }) => service.list(context.account.id, input.workspaceId)),
    trash: on.trash.handler(({ context, input }) => service.trash(context.account.id, input.workspaceId)),
    get: on.get.handler(({ context, input }) => service.get(context.account.id, input.documentId)),
    create: on.create.handler(({ context, input }) => service.create(actorOf(context), input)),
    move: on.move.handler(({ context, input }) =>
      service.move(actorOf(context), input.documentId, input.parentId, input.afterId),
    ),
    rename: on.rename.handler(({ context, input }) => service.rename(actorOf(context), input.documentId, input.title)),
    remove: on.remove.handler(({ context, input }) => service.remove(actorOf(context), input.documentId)),
    restore: on.restore.handler(({ context, input }) => service.restore(actorOf(context), input.documentId)),
    purge: on.purge.handler(({ context, input }) => service.purge(actorOf(context), input.documentId)),
    emptyTrash: on.emptyTrash.handler(({ context, input }) => service.emptyTrash(actorOf(context), input.workspaceId)),
    archive: on.archive.handler(({ context, input }) => service.archive(actorOf(context), input.documentId)),
    unarchive: on.unarchive.handler(({ context, input }) => service.unarchive(actorOf(context), input.documentId)),
    setIcon: on.setIcon.handler(({ context, input }) =>
      service.setIcon(actorOf(context), input.documentId, input.icon),
    ),
    setStar: on.setStar.handler(({ context, input }) =>
      service.setStar(actorOf(context), input.documentId, input.starred),
    ),
    setTemplate: on.setTemplate.handler(({ context, input }) =>
      service.setTemplate(actorOf(context), input.documentId, input.template),
    ),
    duplicate: on.duplicate.handler(({ context, input }) => service.duplicate(actorOf(context), input)),
    export: on.export.handler(({ context, input }) => service.export(context.account.id, input.documentId)),
    access: on.access.handler(({ context, input }) => service.access(context.account.id, input.documentId)),
    setAccess: on.setAccess.handler(({ context, input }) =>
      service.setAccess(actorOf(context), input.documentId, input.userId, input.role),
    ),
    clearAccess: on.clearAccess.handler(({ context, input }) =>
      service.clearAccess(actorOf(context), input.documentId, input.userId),
    ),
    askAccess: on.askAccess.handler(({ context, input }) =>
      service.askAccess(actorOf(context), input.workspaceId, input.documentId),
    ),
    accessRequests: on.accessRequests.handler(({ context, input }) =>
      service.accessRequests(context.account.id, input.documentId),
    ),
    declineAccess: on.declineAccess.handler(({ context, input }) =>
      service.declineAccess(actorOf(context), input.documentId, input.userId),
    ),
    backlinks: on.backlinks.handler(({ context, input }) => service.backlinks(context.account.id, input.documentId)),
    people: on.people.handler(({ context, input }) => service.people(context.account.id, input.documentId)),
    setRestricted: on.setRestricted.handler(({ context, input }) =>
      service.setRestricted(actorOf(context), input.documentId, input.restricted),
    ),
  }
}
