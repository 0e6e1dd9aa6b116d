interface Item {
  paragraph: HTMLElement
  level: number
  ordered: boolean
  list: string
}

const listStyle = /mso-list:\s*(l\d+)\s+level(\d+)/i
/** What Word puts before an item that is counted: a number, a letter or a Roman number with a sign behind it. */
const counted = /^\s*(?:\d+|[a-z]{1,4}|[ivxlcdm]+)[.)]/i

function itemOf(element: Element): Item | null {
  const found = listStyle.exec(element.getAttribute('style') ?? '')
  if (found === null || !(element instanceof HTMLElement)) return null
  const sign = signOf(element)
  return {
    paragraph: element,
    list: found[1] ?? '',
    level: Number(found[2]),
    ordered: counted.test(sign?.textContent ?? ''),
  }
}

/** The bullet or number that Word writes into the text of an item. */
const signOf = (item: Element): Element | null =>
  [...item.querySelectorAll('span')].find((span) => /mso-list:\s*ignore/i.test(span.getAttribute('style') ?? '')) ??
  null

/** Makes lists of paragraphs that follow each other, by their levels. */
function nest(items: readonly Item[]): HTMLElement {
  const [first] = items as [Item]
  const document = first.paragraph.ownerDocument
  const listFor = ({ ordered }: Item): HTMLElement => document.createElement(ordered ? 'ol' : 'ul')
  const root = listFor(first)
  const open: { list: HTMLElement; level: number }[] = [{ list: root, level: first.level }]
  for (const item of items) {
    while (open.length > 1 && (open.at(-1)?.level ?? 0) > item.level) open.pop()
    let top = open.at(-1) as { list: HTMLElement; level: number }
    const last = top.list.lastElementChild
    if (item.level > top.level && last !== null) {
      const list = listFor(item)
      last.append(list)
      top = { list, level: item.level }
      open.push(top)
    }
    signOf(item.paragraph)?.remove()
    const entry = document.createElement('li')
    const text = document.createElement('p')
    text.append(...item.paragraph.childNodes)
    entry.append(text)
    top.list.append(entry)
  }
  return root
}

function makeLists(body: HTMLElement): void {
  const found = [...body.querySelectorAll('p, h1, h2, h3, h4, h5, h6')].flatMap((element) => itemOf(element) ?? [])
  const runs: Item[][] = []
  for (const item of found) {
    const run = runs.at(-1)
    const before = run?.at(-1)
    const other = before && item.level === run?.[0]?.level && item.ordered !== run[0].ordered
    if (before && !other && before.paragraph.nextElementSibling === item.paragraph) run?.push(item)
    else runs.push([item])
  }
  for (const run of runs) {
    const [first] = run
    const place = first?.paragraph.ownerDocument.createComment('')
    if (!first || !place) continue
    first.paragraph.before(place)
    const list = nest(run)
    place.replaceWith(list)
    for (const { paragraph } of run) paragraph.remove()
  }
}

function rename(element: Element, name: string): void {
  const renamed = element.ownerDocument.createElement(name)
  renamed.append(...element.childNodes)
  element.replaceWith(renamed)
}

/** Lists, titles and quotes of Word, which are paragraphs with a style, and parts that only Word can read. */
export function mendWord(body: HTMLElement): void {
  for (const element of [...body.querySelectorAll('*')]) {
    const name = element.tagName.toLowerCase()
    // `<o:p>` closes each paragraph, with a space in it where the paragraph is empty.
    if (name === 'o:p') element.replaceWith(element.textContent?.trim() ? element.textContent : '')
    else if (/^(?:o|w|m|v|st\d):|^(?:style|xml|meta|link)$/.test(name)) element.remove()
  }
  makeLists(body)
  for (const element of body.querySelectorAll('p.MsoTitle')) rename(element, 'h1')
  for (const element of body.querySelectorAll('p.MsoSubtitle')) rename(element, 'h2')
  for (const element of body.querySelectorAll('p.MsoQuote, p.MsoIntenseQuote')) {
    const quote = element.ownerDocument.createElement('blockquote')
    element.before(quote)
    quote.append(element)
  }
  // Room between paragraphs.
  for (const element of body.querySelectorAll('p')) {
    if (element.closest('td, th, li') === null && element.children.length === 0 && !element.textContent?.trim())
      element.remove()
  }
  // A hard space alone in a cell keeps it from being empty.
  for (const cell of body.querySelectorAll('td, th')) if (!cell.textContent?.trim()) cell.textContent = ''
}
