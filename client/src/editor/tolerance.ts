import { Extension } from '@tiptap/core'
import type { Fragment, NodeType, Schema } from '@tiptap/pm/model'

/** Whether the schema takes this content, or would with more behind it. */
function mayGrowInto(type: NodeType, content: Fragment): boolean {
  if (type.contentMatch.matchFragment(content) === null) return false
  for (let i = 0; i < content.childCount; i++) if (!type.allowsMarks(content.child(i).marks)) return false
  return true
}

/**
 * Lets nodes stand that hold less than the schema asks for. Two people who each delete one of a list's two items leave
 * an empty list; y-tiptap deletes what the schema refuses, on opening too, and with it what a third person has written
 * into it meanwhile. Commands go on making whole nodes: they ask `contentMatch`, which stays as it is.
 */
function tolerate(schema: Schema): void {
  for (const type of Object.values(schema.nodes)) {
    if (!type.isLeaf && type !== schema.topNodeType) type.validContent = (content) => mayGrowInto(type, content)
  }
}

/** The tolerance above, in place before the text is first drawn. */
export const Tolerance = Extension.create({
  name: 'tolerance',
  onBeforeCreate() {
    tolerate(this.editor.schema)
  },
})
