import { CircleAlert } from 'lucide-react'

/** What is wrong with a form as a whole, said at once by screen readers. */
export function FormProblem({ text }: { text: string | undefined }) {
  return (
    <div role="alert" className="empty:hidden">
      {text !== undefined && (
        <p className="flex items-start gap-2 rounded-md border border-danger/40 px-3 py-2 text-danger text-sm">
          <CircleAlert size={16} aria-hidden className="mt-0.5 shrink-0" />
          {text}
        </p>
      )}
    </div>
  )
}
