/** The first letter of a workspace's name, as its sign. */
export function WorkspaceMark({ name, size = 22 }: { name: string; size?: number }) {
  return (
    <span
      aria-hidden
      style={{ width: size, height: size, fontSize: size * 0.55 }}
      className="inline-flex shrink-0 items-center justify-center rounded-md bg-accent font-semibold text-on-accent"
    >
      {(Array.from(name.trim())[0] ?? '').toLocaleUpperCase()}
    </span>
  )
}
