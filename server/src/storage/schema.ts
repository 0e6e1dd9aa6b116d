import type { DocumentKind, DocumentRole } from '@weft/shared/documents'
import type { OutsideRole } from '@weft/shared/embed'
import type { EventScope } from '@weft/shared/events'
import type { PictureType } from '@weft/shared/files'
import type {
  ApiKeyId,
  CommandId,
  DocumentId,
  FileId,
  InviteId,
  MentionId,
  OriginId,
  SharedLinkId,
  UserId,
  WorkspaceId,
} from '@weft/shared/kit'
import type { LinkReach } from '@weft/shared/sharedLinks'
import type { MemberRole } from '@weft/shared/workspaces'
import type { Generated } from 'kysely'
import type { NotificationTables } from './notificationTables.ts'

/** Times are whole milliseconds since 1970; blobs are Yjs V1 updates unless said otherwise. */
export interface Database extends NotificationTables {
  // Better Auth's, made by its own migration.
  user: { id: UserId; name: string; email: string; image: string | null; createdAt: unknown; updatedAt: unknown }

  /** People without an account, whom somebody lets in for a document; `host` is who vouches for them. */
  visitors: {
    id: UserId
    workspace_id: WorkspaceId
    kind: string
    host: string
    external_id: string
    name: string
    image: string | null
    created_at: number
  }

  /** By which the servers of hosts open documents for their people; `document_id` null: what all members may open. */
  api_keys: {
    id: ApiKeyId
    workspace_id: WorkspaceId
    name: string
    prefix: string
    secret_hash: string
    role: OutsideRole
    document_id: DocumentId | null
    created_by: UserId
    created_at: number
    expires_at: number
    used_at: number | null
    revoked_at: number | null
  }
  /** Whose pages may open documents of a workspace. */
  allowed_origins: { id: OriginId; workspace_id: WorkspaceId; origin: string }

  /** By its place in `personColors`, of those who have another one than their id says. */
  person_colors: { user_id: UserId; color: number }
  /** What a person chose for all their devices, each by itself. */
  account_settings: { user_id: UserId; name: string; value: string | null }

  /** One row: who owns the installation. Its key makes two first sign-ups impossible. */
  installation: { id: 1; owner_id: UserId; created_at: number }
  workspaces: {
    id: WorkspaceId
    name: string
    created_by: UserId
    created_at: number
    image: Generated<string | null>
    /** 0: links to its documents let nobody in from outside. */
    public_links: Generated<0 | 1>
  }
  /** Of people and workspaces, whose `image` names them. */
  pictures: { id: string; type: 'image/webp' | 'image/png'; data: Uint8Array; created_at: number }
  members: { workspace_id: WorkspaceId; user_id: UserId; role: MemberRole; joined_at: number }
  invites: {
    id: InviteId
    workspace_id: WorkspaceId
    token_hash: string
    role: MemberRole
    created_by: UserId
    created_at: number
    expires_at: number
    max_uses: number | null
    uses: Generated<number>
    withdrawn_at: number | null
    /** The sequence of the event that made it; 0: before these were kept. */
    created_seq: Generated<number>
    /** Whom alone it admits, in small letters; null: whoever has the link. */
    email: Generated<string | null>
  }
  /** Who was removed by somebody else, and the sequence of that event: older invitations do not admit them. */
  removals: { workspace_id: WorkspaceId; user_id: UserId; seq: number }
  /** Those who are no members for a time, with what they come back as. */
  suspended_members: {
    workspace_id: WorkspaceId
    user_id: UserId
    role: MemberRole
    joined_at: number
    suspended_at: number
  }
  last_seen: { workspace_id: WorkspaceId; user_id: UserId; at: number }

  documents: {
    id: DocumentId
    workspace_id: WorkspaceId
    parent_id: DocumentId | null
    position: string
    title: string
    kind: DocumentKind
    created_by: UserId
    created_at: number
    updated_at: number
    /** In the trash since. */
    removed_at: number | null
    /** [SAVE-7] Why it cannot be loaded; set by sync, cleared by an operator. */
    set_aside: string | null
    /** 1: only those who are listed on it may open it, and what lies below. */
    restricted: Generated<0 | 1>
    /** The nearest restricted document on the way up, itself included; null: the whole workspace is its audience. */
    audience_id: Generated<DocumentId | null>
    /** An emoji. */
    icon: Generated<string | null>
    /** 1: new documents are made from it. */
    template: Generated<0 | 1>
    /** Out of the tree since, and for reading only. */
    archived_at: Generated<number | null>
  }
  /** What each person has at hand. */
  stars: { user_id: UserId; document_id: DocumentId; at: number }
  /** Documents that are gone for good, whose text is being deleted; kept for a day, for what was on its way to the disk. */
  purged_texts: { document_id: DocumentId; at: number }
  /** Who asked to see a document; also of ids that are nobody's [ACCESS-3]. */
  access_requests: {
    document_id: DocumentId
    user_id: UserId
    workspace_id: WorkspaceId
    at: number
    declined_at: number | null
  }
  document_access: { document_id: DocumentId; user_id: UserId; role: DocumentRole }

  /** Addresses by which a document can be read. Nothing of their secret is here: see decision 0027. */
  shared_links: {
    id: SharedLinkId
    document_id: DocumentId
    reach: LinkReach
    expires_at: number | null
    /** As the account library makes them. */
    password_hash: string | null
    indexed: 0 | 1
    created_by: UserId
    created_at: number
    /** Ended for good since. */
    ended_at: number | null
  }

  /** Pictures; what each holds lies beside the database, by its hash (SHA-256). Written after it. */
  files: {
    id: FileId
    hash: string
    type: PictureType
    bytes: number
    name: string
    created_by: UserId
    created_at: number
  }
  /** Which documents show a file, and so let their readers see it. Workspace and bytes as in the other two tables. */
  document_files: { document_id: DocumentId; file_id: FileId; workspace_id: WorkspaceId; bytes: number }

  /** [SAVE-1] One row an update, in the order of commits. Author null: the server. */
  journal: {
    document_id: DocumentId
    seq: number
    update: Uint8Array
    author_id: UserId | null
    at: number
    /** CRC-32 of `update` [SAVE-7]; null: not checked. `blobCrc` computes it. */
    crc: number | null
  }
  /** The newest state of a document up to a journal sequence: what a load starts from. */
  snapshots: { document_id: DocumentId; seq: number; state: Uint8Array; at: number; crc: number | null }
  /** Folded journal rows, packed in runs of one author with `Y.mergeUpdates`, deflated: the history, garbage included. */
  segments: {
    document_id: DocumentId
    from_seq: number
    to_seq: number
    author_id: UserId | null
    from_at: number
    to_at: number
    data: Uint8Array
    /** CRC-32 of `data`. */
    crc: number | null
  }
  /** [IDENT-2] Who writes under a Yjs client id in a document. User null: the server. */
  client_ids: { document_id: DocumentId; client_id: number; user_id: UserId | null; claimed_at: number }

  /** Editing spells that are not over: one for each author in a document. */
  spells: {
    document_id: DocumentId
    author_id: UserId
    from_at: number
    to_at: number
    edits: number
    added: number
    removed: number
  }
  /** Up to which journal sequence a document's edits have been counted into spells. */
  spell_positions: { document_id: DocumentId; seq: number }
  /** Every mention that was ever written into a text [NOTIFY-4]. A document's removal leaves them: copies live on. */
  mentions: { id: MentionId; document_id: DocumentId; user_id: UserId; author_id: UserId | null; at: number }
  /** The readable history, made from the events by a consumer: who is told of each is in `audience_id` [ACCESS-5]. */
  activity: {
    workspace_id: WorkspaceId
    /** Of the event. */
    seq: number
    audience_id: WorkspaceId | DocumentId
    /** When it happened, which for an editing spell is before it was told. */
    at: number
    type: string
    actor_id: UserId | null
    document_id: DocumentId | null
    /** The person whom it is about, beside the one who did it. */
    subject_id: UserId | null
    /** JSON. */
    detail: string
  }
  /** Titles of all documents, kept by triggers; `document_titles_index` is the full-text index on them (FTS5). */
  document_titles: { id: Generated<number>; document_id: DocumentId; title: string }

  /** Titles and bodies as they are searched, kept by the text index; `search_index` is the full-text index on them (FTS5). */
  search_parts: {
    id: Generated<number>
    document_id: DocumentId
    part: number
    workspace_id: WorkspaceId
    title: string
    body: string
  }
  /** What a document was last indexed from; without a row it was not. `title` as people see it. */
  search_positions: { document_id: DocumentId; title: string; seq: number; version: number }
  /** Who has ever written in a document, up to its position. */
  search_authors: { document_id: DocumentId; author_id: UserId }
  /** Which documents a body leads to, whether they exist or not; a few seconds behind the text. */
  document_links: { from_id: DocumentId; to_id: DocumentId }

  /** [EVENT-3] The newest sequence of each scope; its row is the lock. */
  event_heads: { scope: EventScope; seq: number }
  events: { scope: EventScope; seq: number; type: string; actor_id: UserId | null; fact: string; at: number }
  consumer_positions: { consumer: string; scope: EventScope; seq: number }
  /** [EVENT-4] Commands that were executed, with their answers (JSON), for 90 days. */
  commands: { id: CommandId; user_id: UserId; result: string; at: number }
}
