import { useId } from 'react'

/** A labelled field for several lines. */
export function Area(props: {
  label: string
  value: string
  maxLength: number
  rows?: number
  onChange(value: string): void
}) {
  const id = useId()
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="font-medium text-sm">
        {props.label}
      </label>
      <textarea
        id={id}
        rows={props.rows ?? 4}
        maxLength={props.maxLength}
        value={props.value}
        onChange={({ target }) => props.onChange(target.value)}
        className="w-full rounded-md border border-edge bg-canvas px-3 py-2 text-base text-ink sm:text-sm"
      />
    </div>
  )
}
