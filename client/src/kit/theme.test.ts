import { describe, expect, it } from 'vitest'

// The client's types know no Node, and the test runner gives style sheets to tests as empty ones.
const nodeFs = 'node:fs'
const { readFileSync }: { readFileSync(path: string, encoding: 'utf8'): string } = await import(nodeFs)
const here: ImportMeta & { dirname?: string } = import.meta
const css = readFileSync(`${here.dirname}/theme.css`, 'utf8')
const tokens = new Map(
  [...css.matchAll(/--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(([, name = '', light, dark]) => [
    name,
    { light: light ?? '', dark: dark ?? '' },
  ]),
)

/** WCAG 2.2, relative luminance and contrast ratio. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
function contrast(one: string, other: string): number {
  const [dim = 0, bright = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (bright + 0.05) / (dim + 0.05)
}

const grounds = ['canvas', 'raised', 'sunken', 'hover']
const onGrounds = ['ink', 'muted', 'faint', 'accent', 'danger', 'warning', 'success'].flatMap((text) =>
  grounds.map((ground) => ({ text, ground, least: 4.5 })),
)
const pairs = [
  ...onGrounds,
  { text: 'on-accent', ground: 'accent', least: 4.5 },
  { text: 'on-danger', ground: 'danger', least: 4.5 },
  { text: 'accent', ground: 'accent-soft', least: 4.5 },
  { text: 'ink', ground: 'accent-soft', least: 4.5 },
  ...['canvas', 'raised'].map((ground) => ({ text: 'edge', ground, least: 3 })),
]

describe.each(['light', 'dark'] as const)('contrast AA, %s', (scheme) => {
  it.each(pairs)('$text on $ground is at least $least', ({ text, ground, least }) => {
    const [one, other] = [tokens.get(text)?.[scheme] ?? '', tokens.get(ground)?.[scheme] ?? '']
    expect(contrast(one, other)).toBeGreaterThanOrEqual(least)
  })
})
