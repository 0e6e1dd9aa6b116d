import { type InputHTMLAttributes, type ReactNode, type Ref, useId } from 'react'

const look =
  'h-9 w-full rounded-md border bg-canvas px-3 text-base text-ink placeholder:text-faint sm:text-sm disabled:opacity-60'

export function Input(props: InputHTMLAttributes<HTMLInputElement> & { ref?: Ref<HTMLInputElement> }) {
  const { className = '', ...rest } = props
  return (
    <input {...rest} className={`${look} ${props['aria-invalid'] ? 'border-danger' : 'border-edge'} ${className}`} />
  )
}

/** A labelled input with a hint and, in its place, what is wrong with it. */
export function Field(
  props: Omit<InputHTMLAttributes<HTMLInputElement>, 'id'> & {
    label: string
    hint?: ReactNode
    error?: string | undefined
    ref?: Ref<HTMLInputElement>
  },
) {
  const { label, hint, error, ...rest } = props
  const id = useId()
  const note = error ?? hint
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="font-medium text-sm">
        {label}
      </label>
      <Input
        id={id}
        {...rest}
        {...(note === undefined ? {} : { 'aria-describedby': `${id}-note` })}
        {...(error === undefined ? {} : { 'aria-invalid': true })}
      />
      {note !== undefined && (
        <p id={`${id}-note`} className={`text-sm ${error === undefined ? 'text-muted' : 'text-danger'}`}>
          {note}
        </p>
      )}
    </div>
  )
}
