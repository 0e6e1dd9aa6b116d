import type { Person } from '@weft/shared/auth'
import { Avatar as Radix } from 'radix-ui'
import type { Status } from '../people.ts'
import { initials } from './initials.ts'

const dots: Record<Status, string> = { online: 'bg-success', away: 'bg-warning', offline: 'bg-faint' }

/** A person's picture, or their initials on their colour. Decorative: whoever uses it says the name. */
export function Avatar(props: {
  person: Pick<Person, 'name' | 'color' | 'image'>
  /** Pixels. */
  size?: number
  faded?: boolean
  status?: Status
}) {
  const { person, size = 28, faded = false, status } = props
  return (
    <span className={`relative inline-flex shrink-0 ${faded ? 'opacity-45' : ''}`} aria-hidden>
      <Radix.Root
        className="inline-flex select-none items-center justify-center overflow-hidden rounded-full font-medium text-white"
        style={{ width: size, height: size, backgroundColor: person.color, fontSize: size * 0.4 }}
      >
        {person.image !== null && <Radix.Image src={person.image} alt="" className="size-full object-cover" />}
        <Radix.Fallback delayMs={person.image === null ? 0 : 300}>{initials(person.name)}</Radix.Fallback>
      </Radix.Root>
      {status !== undefined && (
        <span className={`absolute right-0 bottom-0 size-2.5 rounded-full ring-2 ring-canvas ${dots[status]}`} />
      )}
    </span>
  )
}
