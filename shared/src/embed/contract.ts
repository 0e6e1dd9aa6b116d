import { oc } from '@orpc/contract'
import { z } from 'zod'
import { ApiKeyId, DocumentId, OriginId, WorkspaceId } from '../kit/index.ts'
import {
  AllowedOrigin,
  ApiKey,
  CreatedApiKey,
  DocumentToken,
  HostName,
  HostTokenRequest,
  OutsideRole,
  tokenLifetime,
} from './schema.ts'

const tags = ['embedding']
const InWorkspace = z.object({ workspaceId: WorkspaceId })
const Done = z.object({ seq: z.number().int().describe('The event sequence of the change in its workspace.') })

export const embedContract = {
  keys: oc
    .route({
      method: 'GET',
      path: '/workspaces/{workspaceId}/keys',
      summary: 'The API keys of a workspace, without their secrets',
      tags,
    })
    .input(InWorkspace)
    .output(z.array(ApiKey)),
  createKey: oc
    .route({
      method: 'POST',
      path: '/workspaces/{workspaceId}/keys',
      successStatus: 201,
      summary: 'Make an API key; its secret is told once',
      tags,
    })
    .input(
      InWorkspace.extend({
        name: HostName,
        role: OutsideRole.default('edit'),
        documentId: DocumentId.nullable().default(null),
        expiresInDays: z.number().int().min(1).max(365).default(90),
      }),
    )
    .output(CreatedApiKey),
  revokeKey: oc
    .route({
      method: 'DELETE',
      path: '/workspaces/{workspaceId}/keys/{keyId}',
      summary: 'Revoke an API key: whoever came in by it is out at once',
      tags,
    })
    .input(InWorkspace.extend({ keyId: ApiKeyId }))
    .output(Done),
  origins: oc
    .route({
      method: 'GET',
      path: '/workspaces/{workspaceId}/origins',
      summary: 'The places whose pages may open documents of a workspace',
      tags,
    })
    .input(InWorkspace)
    .output(z.array(AllowedOrigin)),
  addOrigin: oc
    .route({
      method: 'POST',
      path: '/workspaces/{workspaceId}/origins',
      successStatus: 201,
      summary: 'Allow a place; one that is allowed stays so',
      tags,
    })
    .input(InWorkspace.extend({ origin: z.string().max(300) }))
    .output(AllowedOrigin),
  removeOrigin: oc
    .route({
      method: 'DELETE',
      path: '/workspaces/{workspaceId}/origins/{originId}',
      summary: 'Allow a place no more',
      tags,
    })
    .input(InWorkspace.extend({ originId: OriginId }))
    .output(Done),
  hostToken: oc
    .route({
      method: 'POST',
      path: '/embed/token',
      summary: 'A token for one document and one person of a host, who asks with its API key as bearer',
      tags,
    })
    .input(HostTokenRequest)
    .output(DocumentToken),
  ownToken: oc
    .route({
      method: 'POST',
      path: '/documents/{documentId}/token',
      summary: 'A token of one’s own for one document, for clients other than the page',
      tags,
    })
    .input(
      z.object({
        documentId: DocumentId,
        role: OutsideRole.default('edit').describe('No more than this, whatever one may.'),
        expiresInSeconds: z
          .number()
          .int()
          .min(tokenLifetime.shortest)
          .max(tokenLifetime.longest)
          .default(tokenLifetime.usual),
      }),
    )
    .output(DocumentToken),
}
