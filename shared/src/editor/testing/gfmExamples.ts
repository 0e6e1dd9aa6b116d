/** Inputs of the kind that GitHub's specification gives for what it adds to CommonMark, and for its alerts and formulas. */
export const gfmExamples: readonly string[] = [
  // Tables
  '| foo | bar |\n| --- | --- |\n| baz | bim |',
  '| abc | defghi |\n:-: | -----------:\nbar | baz',
  '| f\\|oo  |\n| ------ |\n| b `\\|` az |\n| b **\\|** im |',
  '| abc | def |\n| --- | --- |\n| bar | baz |\n> bar',
  '| abc | def |\n| --- | --- |\n| bar | baz |\nbar\n\nbar',
  '| abc | def |\n| --- |\n| bar |',
  '| abc | def |\n| --- | --- |\n| bar |\n| bar | baz | boo |',
  '| abc | def |\n| --- | --- |',
  '| a |\n| --- |\n| **bold** and `code` and [link](https://a.b) |',
  '- | a |\n  | --- |\n  | b |',
  // Task lists
  '- [ ] foo\n- [x] bar',
  '- [x] foo\n  - [ ] bar\n  - [x] baz\n- [ ] bim',
  '* [X] big\n* [ ] small',
  '- [ ] task\n- no task',
  '1. [ ] numbered',
  '- [ ]',
  // Strikethrough
  '~~Hi~~ Hello, ~there~ world!',
  'This ~~has a\n\nnew paragraph~~.',
  'This will ~~~not~~~ strike.',
  '~~**both**~~ and **~~both~~**',
  // Addresses
  'www.commonmark.org',
  'Visit www.commonmark.org/help for more information.',
  'http://commonmark.org',
  '(Visit https://encrypted.google.com/search?q=Markup+(business))',
  'ftp://foo.bar.baz',
  'foo@bar.baz',
  'https://a.b/c_d_e*f*',
  // HTML that is not passed on
  '<strong> <title> <style> <em>',
  '<blockquote>\n  <xmp> is disallowed.  <XMP> is also disallowed.\n</blockquote>',
  // Alerts, details and formulas
  '> [!NOTE]\n> Useful information.',
  '> [!TIP]\n> - a\n> - b\n>\n> and more',
  '> [!WARNING] with text behind\n> is a quote',
  '<details>\n<summary>Tips</summary>\n\n### Heading\n\n- a\n\n```sh\nx\n```\n\n</details>',
  '<details open>\n\n<summary>My top languages</summary>\n\n| Rank | Language |\n|-----:|----------|\n|     1| JavaScript|\n\n</details>',
  'An inline $\\sqrt{3x-1}+(1+x)^2$ and $`a_1`$ within.',
  '$$\\left( \\sum_{k=1}^n a_k b_k \\right)^2$$',
  '$$\n\\begin{aligned}\na &= b \\\\\nc &= d\n\\end{aligned}\n$$',
  'To split <span>$</span>100 in half, pay $50, or $5 each.',
]
