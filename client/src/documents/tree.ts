import type { Document } from '@weft/shared/documents'
import type { DocumentId } from '@weft/shared/kit'

export interface TreeNode {
  document: Document
  children: TreeNode[]
}

/** Siblings, as they stand. */
export const inOrder = (a: Document, b: Document): number =>
  a.position < b.position ? -1 : a.position > b.position ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0

/** The flat list as a tree. What has no visible parent stands at the top; nothing is lost, a ring neither. */
export function buildTree(documents: readonly Document[]): TreeNode[] {
  const byId = new Map(documents.map((document) => [document.id, document]))
  const children = Map.groupBy(documents, ({ parentId }) => (parentId !== null && byId.has(parentId) ? parentId : null))
  const placed = new Set<DocumentId>()
  const nodesBelow = (parentId: DocumentId | null): TreeNode[] =>
    (children.get(parentId) ?? []).toSorted(inOrder).flatMap((document) => {
      if (placed.has(document.id)) return []
      placed.add(document.id)
      return [{ document, children: nodesBelow(document.id) }]
    })
  const tree = nodesBelow(null)
  for (const document of documents.toSorted(inOrder)) {
    if (placed.has(document.id)) continue
    placed.add(document.id)
    tree.push({ document, children: nodesBelow(document.id) })
  }
  return tree
}

export interface Place {
  parentId: DocumentId | null
  /** The sibling to stand behind; null: first; absent: last. */
  afterId?: DocumentId | null
}

/** One line of the tree as it is shown. */
export interface TreeLine {
  node: TreeNode
  /** 0: at the top. */
  depth: number
  /** Its place among its siblings, from 0, and how many they are. */
  at: number
  of: number
  /** Of what it is shown below; null: at the top. */
  parentId: DocumentId | null
  /** Has branches, and they are hidden. */
  closed: boolean
}

/** The tree as lines from above to below, without what stands in closed branches. */
export function linesOf(tree: readonly TreeNode[], collapsed: ReadonlySet<string>): TreeLine[] {
  const lines: TreeLine[] = []
  const walk = (nodes: readonly TreeNode[], depth: number, parentId: DocumentId | null): void => {
    for (const [at, node] of nodes.entries()) {
      const { id } = node.document
      const closed = node.children.length > 0 && collapsed.has(id)
      lines.push({ node, depth, at, of: nodes.length, parentId, closed })
      if (!closed) walk(node.children, depth + 1, id)
    }
  }
  walk(tree, 0, null)
  return lines
}

export type Move = 'up' | 'down' | 'in' | 'out'

/** Where one step leads to; a step that is not here is not possible. */
export function movesOf(tree: readonly TreeNode[], id: DocumentId): Partial<Record<Move, Place>> {
  const search = (nodes: readonly TreeNode[], path: readonly TreeNode[]): Partial<Record<Move, Place>> | null => {
    const at = nodes.findIndex(({ document }) => document.id === id)
    if (at < 0) {
      for (const node of nodes) {
        const found = search(node.children, [...path, node])
        if (found) return found
      }
      return null
    }
    const parent = path.at(-1)?.document.id ?? null
    const before = nodes[at - 1]?.document.id
    const after = nodes[at + 1]?.document.id
    const moves: Partial<Record<Move, Place>> = {}
    if (before !== undefined) {
      moves.up = { parentId: parent, afterId: nodes[at - 2]?.document.id ?? null }
      moves.in = { parentId: before }
    }
    if (after !== undefined) moves.down = { parentId: parent, afterId: after }
    if (parent !== null) moves.out = { parentId: path.at(-2)?.document.id ?? null, afterId: parent }
    return moves
  }
  return search(tree, []) ?? {}
}

/** The document and all that lies below it. */
export function withDescendants(documents: readonly Document[], id: DocumentId): Set<DocumentId> {
  const found = new Set([id])
  for (let grown = true; grown; ) {
    grown = false
    for (const { id: child, parentId } of documents) {
      if (parentId === null || !found.has(parentId) || found.has(child)) continue
      found.add(child)
      grown = true
    }
  }
  return found
}

/** From the top down to the document's parent. */
export function ancestorsOf(documents: readonly Document[], id: DocumentId): Document[] {
  const byId = new Map(documents.map((document) => [document.id, document]))
  const path: Document[] = []
  let next = byId.get(id)?.parentId ?? null
  while (next !== null && path.length < documents.length) {
    const parent = byId.get(next)
    if (parent === undefined) break
    path.unshift(parent)
    next = parent.parentId
  }
  return path
}
