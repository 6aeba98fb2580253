import { countWords, Note, Stack } from '../ui';

/** What is counted of kinds whose name is no noun. */
const units: Record<string, string> = { 'on-call': 'on-call turn' };

/** Numbers by name, the largest first. */
export function CountsText(props: {
  counts: Record<string, number>;
  none: string;
}) {
  const counts = Object.entries(props.counts)
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a);
  if (counts.length === 0) {
    return <Note>{props.none}</Note>;
  }
  return (
    <Stack gap="small">
      {counts.map(([name, count]) => (
        <Note key={name}>{countWords(count, units[name] ?? name)}</Note>
      ))}
    </Stack>
  );
}
