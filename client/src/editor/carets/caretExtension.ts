import { Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import type { Awareness } from 'y-protocols/awareness'
import type { Rewrites } from '../rewritten/Rewrites.ts'
import { CaretLayer } from './CaretLayer.ts'
import { publishCursor } from './publish.ts'

export interface CaretOptions {
  field: 'title' | 'body'
  awareness: Awareness
  /** Tells where a caret's text was written again. */
  rewrites: Rewrites
  /** Lies over the editor, in its positioned parent. */
  layer: HTMLElement
  /** Readers see carets and show none. */
  publish: boolean
}

/** Others' carets over a field, and one's own published. Below Collaboration in priority: y-sync must be done first. */
export const carets = (options: CaretOptions): Extension =>
  Extension.create({
    name: 'carets',
    priority: 10,
    addProseMirrorPlugins() {
      let layer: CaretLayer | null = null
      return [
        new Plugin({
          key: new PluginKey('carets'),
          state: {
            init: () => null,
            apply: (transaction) => {
              layer?.apply(transaction)
              return null
            },
          },
          view: (view) => {
            layer = new CaretLayer(view, options.layer, options.field, options.awareness)
            const stop = options.rewrites.addFollower(ySyncPluginKey.getState(view.state).type, (follow) =>
              layer?.follow(follow),
            )
            const publisher = options.publish ? publishCursor(view, options.field, options.awareness) : null
            return {
              update: () => {
                layer?.update()
                publisher?.update()
              },
              destroy: () => {
                stop()
                layer?.destroy()
                publisher?.destroy()
              },
            }
          },
        }),
      ]
    },
  })
