import { useState } from 'react'

/** A workspace's picture, or the first letter of its name, as its sign. */
export function WorkspaceMark(props: { name: string; image?: string | null | undefined; size?: number }) {
  const { name, image = null, size = 22 } = props
  const [failed, setFailed] = useState<string | null>(null)
  const measures = { width: size, height: size }
  if (image !== null && image !== failed) {
    return (
      <img
        src={image}
        alt=""
        style={measures}
        className="shrink-0 rounded-md object-cover"
        onError={() => setFailed(image)}
      />
    )
  }
  return (
    <span
      aria-hidden
      style={{ ...measures, fontSize: size * 0.55 }}
      className="inline-flex shrink-0 items-center justify-center rounded-md bg-accent font-semibold text-on-accent"
    >
      {(Array.from(name.trim())[0] ?? '').toLocaleUpperCase()}
    </span>
  )
}
