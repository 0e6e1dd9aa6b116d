// Plain JavaScript that every Node runs: an install that failed leaves the machine's own Node in charge.
const needed = 24
const major = Number(process.versions.node.split('.')[0])
if (major < needed) {
  console.error(
    `Weft runs on Node ${needed}, which its install brings along; this is Node ${process.versions.node}. ` +
      'The install did not finish: run "npx -y pnpm@12 install" and read what it says.',
  )
  process.exit(1)
}
