const words =
  'the loom holds its warp under tension while the weft is drawn over and under each thread in turn so that what one hand begins another may carry on without asking where it stopped'.split(
    ' ',
  )

/** Twenty printed pages of Markdown: 10,000 words in sections with lists, tasks, tables, quotes and code. */
export function longDocument(): string {
  let at = 0
  const some = (count: number): string =>
    Array.from({ length: count }, () => {
      at = (at * 7 + 11) % 9_973
      return words[at % words.length]
    }).join(' ')
  return Array.from({ length: 20 }, (_, page) =>
    [
      `## Page ${page + 1}`,
      ...Array.from({ length: 5 }, () => `${some(40)}, **${some(3)}**, ${some(30)}.`),
      Array.from({ length: 5 }, () => `- ${some(9)}`).join('\n'),
      Array.from({ length: 3 }, (_, n) => `- [${n === 0 ? 'x' : ' '}] ${some(8)}`).join('\n'),
      `| ${some(1)} | ${some(1)} |\n| --- | --- |\n| ${some(3)} | ${some(3)} |`,
      `> ${some(20)}`,
      `\`\`\`ts\nconst shuttle = '${some(4)}'\n\`\`\``,
    ].join('\n\n'),
  ).join('\n\n')
}
