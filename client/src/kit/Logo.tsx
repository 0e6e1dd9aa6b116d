/** Two threads over two: the mark of Weft. Decorative. */
export function Logo({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" className="shrink-0">
      <rect width="24" height="24" rx="6" className="fill-accent" />
      <g fill="none" strokeWidth="2.4" strokeLinecap="round" className="stroke-on-accent">
        <path d="M8.5 4.5v1.2M8.5 11.3v8.2M15.5 4.5v8.2M15.5 18.3v1.2" />
        <path d="M4.5 8.5h8.2M18.3 8.5h1.2M4.5 15.5h1.2M11.3 15.5h8.2" />
      </g>
    </svg>
  )
}
