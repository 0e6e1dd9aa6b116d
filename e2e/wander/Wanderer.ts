import type { BrowserContext, Page } from '@playwright/test'
import type { Randomness } from '../fuzz/randomness.ts'
import type { Faults } from './faults.ts'

/** What ends the walk: who did this is out, or nobody can come back in. */
const leftAlone =
  /sign out|log out|delete (my |your |the )?account|leave|suspend|hand over|remove|end (all|the|this)|password|two-factor|passkey|export|download/i
const keys = ['Escape', 'Enter', 'Tab', 'ArrowDown', 'ArrowUp', 'Backspace', 'Control+z', 'Control+k', 'Control+a']
const letters = ['?', '/', 'n', 'h']
const words = ['warp ', 'weft ', 'Heddle. ', '# ', '- ', '> ', '/', '@', ':', '[[', '**bold** ', '`code` ', '$x^2$ ']
/** How many steps are remembered for a fault. */
const remembered = 12
/** A page that has not answered for so long is stuck; ms. */
const patience = 20_000

interface Target {
  x: number
  y: number
  name: string
  writes: boolean
}

/** Everything in view that one could click or write into, each at its middle and not covered by something else. */
function targetsIn(): Target[] {
  const selector =
    'a[href], button, input, textarea, select, summary, [contenteditable=true], [role=menuitem], [role=menuitemradio], [role=menuitemcheckbox], [role=option], [role=tab], [role=switch], [role=checkbox], [role=treeitem]'
  return [...document.querySelectorAll<HTMLElement>(selector)].flatMap((element) => {
    if (element.matches(':disabled, [aria-disabled=true], [type=file]')) return []
    const box = element.getBoundingClientRect()
    const [x, y] = [box.left + box.width / 2, box.top + Math.min(box.height / 2, 200)]
    const over = document.elementFromPoint(x, y)
    if (over === null || !(element.contains(over) || over.contains(element))) return []
    const name = element.getAttribute('aria-label') ?? element.textContent ?? ''
    const writes = element.matches('[contenteditable=true], textarea, input:not([type=checkbox], [type=radio])')
    return [{ x, y, name: (name || element.title || element.tagName).trim().slice(0, 60), writes }]
  })
}

/** Somebody who clicks and types whatever, as a seed says. */
export class Wanderer {
  readonly name: string
  readonly page: Page
  readonly #random: Randomness
  readonly #faults: Faults
  readonly #places: readonly string[]
  readonly #last: string[] = []
  /** How many steps were done on each kind of page. */
  readonly walked = new Map<string, number>()

  constructor(name: string, page: Page, places: readonly string[], random: Randomness, faults: Faults) {
    this.name = name
    this.page = page
    this.#places = places
    this.#random = random
    this.#faults = faults
    faults.watch(page, name, () => this.#last)
    page.on('dialog', (dialog) => void dialog.accept().catch(() => {}))
    // One that a click opens is not walked in.
    page.on('popup', (popup) => void popup.close().catch(() => {}))
  }

  static async at(
    name: string,
    context: BrowserContext,
    places: readonly string[],
    random: Randomness,
    faults: Faults,
  ): Promise<Wanderer> {
    const page = await context.newPage()
    const wanderer = new Wanderer(name, page, places, random, faults)
    await page.goto(places[0] ?? '/')
    return wanderer
  }

  /** Does one thing, and looks whether the page still answers. */
  async step(): Promise<void> {
    const kind = new URL(this.page.url()).pathname.replace(/[A-Za-z0-9]{21,}/g, '…')
    this.walked.set(kind, (this.walked.get(kind) ?? 0) + 1)
    try {
      await this.#act()
      await Promise.race([this.page.evaluate(() => document.title), late()])
    } catch (error) {
      // A page that goes elsewhere in the middle of a step is none that fails.
      const message = error instanceof Error ? error.message : String(error)
      if (/context was destroyed|navigat|frame was detached/i.test(message)) return
      this.#faults.add(`${this.name}: ${message}`, this.#last)
      await this.#go()
    }
  }

  async #act(): Promise<void> {
    const dice = this.#random.next()
    if (dice < 0.03) return this.#go()
    if (dice < 0.04) return this.#note('reload', () => this.page.reload())
    if (dice < 0.07) return this.#note('back', () => this.page.goBack())
    if (dice < 0.2) return this.#press(this.#random.pick(keys))
    if (dice < 0.23) return this.#press(this.#random.pick(letters))
    const targets = (await this.page.evaluate(targetsIn)).filter(({ name }) => !leftAlone.test(name))
    if (targets.length === 0) return this.#press('Escape')
    const target = this.#random.pick(targets)
    await this.#note(`“${target.name}”`, () => this.page.mouse.click(target.x, target.y))
    if (!target.writes) return
    const text = Array.from({ length: 1 + this.#random.below(4) }, () => this.#random.pick(words)).join('')
    await this.#note(`types “${text}”`, () => this.page.keyboard.type(text))
    if (this.#random.chance(0.3)) await this.#press('Enter')
  }

  #press = (key: string): Promise<void> => this.#note(key, () => this.page.keyboard.press(key))
  #go = (): Promise<void> => {
    const place = this.#random.pick(this.#places)
    return this.#note(place.replace(/[A-Za-z0-9]{21,}/g, '…'), () => this.page.goto(place))
  }

  async #note(what: string, act: () => Promise<unknown>): Promise<void> {
    this.#last.push(what)
    if (this.#last.length > remembered) this.#last.shift()
    await act()
  }
}

const late = () =>
  new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(`the page has not answered for ${patience / 1_000} s`)), patience).unref()
  })
