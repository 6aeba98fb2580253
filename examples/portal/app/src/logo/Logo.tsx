/** A sun above the horizon: the morning after the first day. Decorative. */
export function Logo({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="#12324a" />
      <path d="M4 22a12 12 0 0 1 24 0z" fill="#ffb454" />
      <path
        d="M4 26h24"
        stroke="#7fd1c7"
        strokeWidth="2.5"
        strokeLinecap="round"
      />
    </svg>
  );
}
