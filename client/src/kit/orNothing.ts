import type { ComponentType } from 'react'

/** For `lazy`: a side matter whose code cannot be loaded now is left out; the page around it goes on. */
export async function orNothing<P>(load: () => Promise<ComponentType<P>>): Promise<{ default: ComponentType<P> }> {
  return { default: await load().catch(() => () => null) }
}
