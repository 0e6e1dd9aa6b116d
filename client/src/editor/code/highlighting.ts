// A module of its own, so that the bundler takes these languages and not all of them.
import { common, createLowlight } from 'lowlight'

const lowlight = createLowlight(common)

/** A stretch of code with its classes; offsets in characters. */
export interface Stretch {
  from: number
  to: number
  className: string
}

interface HastNode {
  type: string
  value?: string
  properties?: { className?: unknown }
  children?: HastNode[]
}

export const languages: readonly string[] = lowlight.listLanguages().sort()

/** The coloured stretches of a piece of code; none for a language that is not known. */
export function highlight(code: string, language: string): Stretch[] {
  if (!lowlight.registered(language)) return []
  const stretches: Stretch[] = []
  let at = 0
  const walk = (node: HastNode, classes: readonly string[]): void => {
    if (node.type === 'text') {
      const to = at + (node.value?.length ?? 0)
      if (classes.length > 0) stretches.push({ from: at, to, className: classes.join(' ') })
      at = to
      return
    }
    const own = Array.isArray(node.properties?.className) ? node.properties.className.map(String) : []
    for (const child of node.children ?? []) walk(child, [...classes, ...own])
  }
  walk(lowlight.highlight(language, code) as HastNode, [])
  return stretches
}
