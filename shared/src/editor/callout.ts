import { findParentNodeClosestToPos, InputRule, mergeAttributes, Node } from '@tiptap/core'
import { type CalloutKind, calloutKinds, isCalloutKind } from './attributes.ts'

/** The words of GitHub's alerts, which know the same five. */
const alerts: Record<CalloutKind, string> = {
  note: 'NOTE',
  tip: 'TIP',
  important: 'IMPORTANT',
  warning: 'WARNING',
  danger: 'CAUTION',
}

/** `[!NOTE]` of a kind. */
export const alertMark = (kind: unknown): string => `[!${alerts[isCalloutKind(kind) ? kind : 'note']}]`

/** The kind that an alert's word means, whatever its case; null if it is none. */
export const kindOfAlert = (word: string): CalloutKind | null =>
  calloutKinds.find((kind) => alerts[kind] === word.toUpperCase()) ?? null

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    callout: {
      /** Puts the selected blocks into a callout, or takes them out of one of this kind. */
      toggleCallout(kind: CalloutKind): ReturnType
    }
  }
}

/** Blocks that are set apart, with the reason why. */
export const Callout = Node.create({
  name: 'callout',
  group: 'block',
  content: 'block+',
  defining: true,
  addAttributes() {
    return {
      kind: {
        default: 'note',
        parseHTML: ({ dataset }: HTMLElement) => (isCalloutKind(dataset.callout) ? dataset.callout : 'note'),
        renderHTML: ({ kind }: Record<string, unknown>) => ({ 'data-callout': kind }),
      },
    }
  },
  parseHTML: () => [{ tag: 'div[data-callout]' }],
  renderHTML: ({ HTMLAttributes }) => ['div', mergeAttributes(HTMLAttributes, { class: 'weft-callout' }), 0],
  addCommands() {
    return {
      toggleCallout:
        (kind) =>
        ({ commands, state }) => {
          const around = findParentNodeClosestToPos(state.selection.$from, ({ type }) => type === this.type)
          if (around === undefined) return commands.wrapIn(this.type, { kind })
          if (around.node.attrs.kind === kind) return commands.lift(this.type)
          return commands.updateAttributes(this.type, { kind })
        },
    }
  },
  addInputRules() {
    return [
      // What one writes on GitHub: `> ` has made a quote of it already.
      new InputRule({
        find: /^\[!(\w+)\]\s$/,
        handler: ({ state, range, match }) => {
          const kind = kindOfAlert(match[1] ?? '')
          const $from = state.doc.resolve(range.from)
          const quote = $from.node(-1)
          if (kind === null || quote?.type.name !== 'blockquote' || $from.index(-1) !== 0) return null
          state.tr.delete(range.from, range.to).setNodeMarkup($from.before(-1), this.type, { kind })
          return undefined
        },
      }),
    ]
  },
})
