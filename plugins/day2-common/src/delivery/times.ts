/** `no commit`, `1 commit`, `2 commits`, `3 recoveries`. */
export function times(count: number, noun: string): string {
  const plural =
    noun.endsWith('y') && !noun.endsWith('day')
      ? `${noun.slice(0, -1)}ies`
      : `${noun}s`;
  return count === 0 ? `no ${noun}` : `${count} ${count === 1 ? noun : plural}`;
}
