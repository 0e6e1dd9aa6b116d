import { oc } from '@orpc/contract'
import { z } from 'zod'
import { UserId, WorkspaceId } from '../kit/index.ts'
import {
  CreateDocument,
  DuplicateDocument,
  MoveDocument,
  OnDocument,
  RenameDocument,
  SetIcon,
  SetStar,
  SetTemplate,
} from './commands.ts'
import {
  AccessGrant,
  AccessRequest,
  Backlink,
  Document,
  DocumentPeople,
  DocumentRole,
  RemovedDocument,
} from './schema.ts'

const tags = ['documents']
const Done = z.object({ seq: z.number().int().describe('The event sequence of the change in its workspace.') })

export const documentsContract = {
  list: oc
    .route({
      method: 'GET',
      path: '/workspaces/{workspaceId}/documents',
      summary: 'All documents one may view, as a flat tree; the archived ones too',
      tags,
    })
    .input(z.object({ workspaceId: WorkspaceId }))
    .output(z.array(Document)),
  trash: oc
    .route({
      method: 'GET',
      path: '/workspaces/{workspaceId}/trash',
      summary: 'What was put into the trash and one may restore, the newest first',
      tags,
    })
    .input(z.object({ workspaceId: WorkspaceId }))
    .output(z.array(RemovedDocument)),
  get: oc
    .route({ method: 'GET', path: '/documents/{documentId}', summary: 'One document', tags })
    .input(OnDocument)
    .output(Document),
  create: oc
    .route({
      method: 'POST',
      path: '/workspaces/{workspaceId}/documents',
      successStatus: 201,
      summary: 'Create a document',
      tags,
    })
    .input(CreateDocument)
    .output(Document),
  move: oc
    .route({ method: 'POST', path: '/documents/{documentId}/move', summary: 'Move a document in the tree', tags })
    .input(MoveDocument)
    .output(Done),
  rename: oc
    .route({
      method: 'POST',
      path: '/documents/{documentId}/rename',
      summary: 'Write the title, as the person who asks',
      tags,
    })
    .input(RenameDocument)
    .output(Done),
  remove: oc
    .route({
      method: 'DELETE',
      path: '/documents/{documentId}',
      summary: 'Put a document, and what lies below it, into the trash',
      tags,
    })
    .input(OnDocument)
    .output(Done),
  restore: oc
    .route({
      method: 'POST',
      path: '/documents/{documentId}/restore',
      summary: 'Take a document out of the trash',
      tags,
    })
    .input(OnDocument)
    .output(Done),
  purge: oc
    .route({
      method: 'DELETE',
      path: '/documents/{documentId}/forever',
      summary: 'Delete for good what is in the trash, with what went there with it',
      tags,
    })
    .input(OnDocument)
    .output(Done),
  emptyTrash: oc
    .route({
      method: 'DELETE',
      path: '/workspaces/{workspaceId}/trash',
      summary: 'Delete for good all of the trash that one manages',
      tags,
    })
    .input(z.object({ workspaceId: WorkspaceId }))
    .output(z.object({ purged: z.number().int().describe('Documents.') })),
  archive: oc
    .route({
      method: 'POST',
      path: '/documents/{documentId}/archive',
      summary: 'Take a document, and what lies below it, out of the tree; it can still be read and found',
      tags,
    })
    .input(OnDocument)
    .output(Done),
  unarchive: oc
    .route({
      method: 'POST',
      path: '/documents/{documentId}/unarchive',
      summary: 'Put an archived document back into the tree',
      tags,
    })
    .input(OnDocument)
    .output(Done),
  setIcon: oc
    .route({ method: 'PUT', path: '/documents/{documentId}/icon', summary: 'Give a document an emoji, or none', tags })
    .input(SetIcon)
    .output(Done),
  setStar: oc
    .route({
      method: 'PUT',
      path: '/documents/{documentId}/star',
      summary: 'Put a document among those that one has at hand, or take it from there; nobody else sees that',
      tags,
    })
    .input(SetStar)
    .output(Done),
  setTemplate: oc
    .route({
      method: 'PUT',
      path: '/documents/{documentId}/template',
      summary: 'Make a document one from which new ones are made, or a usual one again',
      tags,
    })
    .input(SetTemplate)
    .output(Done),
  duplicate: oc
    .route({
      method: 'POST',
      path: '/documents/{documentId}/duplicate',
      successStatus: 201,
      summary: 'Make a new document with the same text',
      tags,
    })
    .input(DuplicateDocument)
    .output(Document),
  export: oc
    .route({ method: 'GET', path: '/documents/{documentId}/export', summary: 'The text as Markdown', tags })
    .input(OnDocument.extend({ format: z.literal('markdown').default('markdown') }))
    .output(z.object({ title: z.string(), markdown: z.string() })),
  access: oc
    .route({ method: 'GET', path: '/documents/{documentId}/access', summary: 'Who was given what on a document', tags })
    .input(OnDocument)
    .output(z.array(AccessGrant)),
  setAccess: oc
    .route({
      method: 'PUT',
      path: '/documents/{documentId}/access/{userId}',
      summary: 'Give a person a role on a document',
      tags,
    })
    .input(OnDocument.extend({ userId: UserId, role: DocumentRole }))
    .output(Done),
  clearAccess: oc
    .route({
      method: 'DELETE',
      path: '/documents/{documentId}/access/{userId}',
      summary: 'Take back what was given on a document',
      tags,
    })
    .input(OnDocument.extend({ userId: UserId }))
    .output(Done),
  askAccess: oc
    .route({
      method: 'POST',
      path: '/workspaces/{workspaceId}/access-requests',
      summary: 'Ask those who can share a document; the answer is the same whether there is one or not',
      tags,
    })
    .input(OnDocument.extend({ workspaceId: WorkspaceId }))
    .output(z.object({ asked: z.literal(true) })),
  accessRequests: oc
    .route({
      method: 'GET',
      path: '/documents/{documentId}/access-requests',
      summary: 'Who asked to see a document and waits for an answer; giving them a role is one',
      tags,
    })
    .input(OnDocument)
    .output(z.array(AccessRequest)),
  declineAccess: oc
    .route({
      method: 'DELETE',
      path: '/documents/{documentId}/access-requests/{userId}',
      summary: 'Let a request be; who asked is told nothing',
      tags,
    })
    .input(OnDocument.extend({ userId: UserId }))
    .output(Done),
  backlinks: oc
    .route({
      method: 'GET',
      path: '/documents/{documentId}/backlinks',
      summary: 'Documents whose text leads to this one, as far as one may see them, the newest first',
      tags,
    })
    .input(OnDocument)
    .output(z.array(Backlink)),
  people: oc
    .route({ method: 'GET', path: '/documents/{documentId}/people', summary: 'Who may open a document, and why', tags })
    .input(OnDocument)
    .output(DocumentPeople),
  setRestricted: oc
    .route({
      method: 'PUT',
      path: '/documents/{documentId}/restriction',
      summary: 'Let only those in who are listed on a document, or whoever may open what lies above it',
      tags,
    })
    .input(OnDocument.extend({ restricted: z.boolean() }))
    .output(Done),
}
